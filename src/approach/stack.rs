//! What a stack gains or loses with the company's databases and with who runs them.

use crate::facts::Part;
use crate::facts::Part::{
    Backup, CloudMachines, ConfigurationManagement, DatabaseReplication, LinuxImage, ManagedBackup, ManagedDatabase,
    ManagedLoadBalancer, SqlDatabase, Terraform, WebServer,
};
use crate::model::Company;
use crate::model::Shape;
use crate::model::complexity::Stack;

/// The databases beside the provider's machines: managed or the team's own as the company has it, with replication only
/// where every role runs twice.
pub fn with_databases(stack: Stack, company: &Company, shape: Shape) -> Stack {
    let hosted = company.database_of(company.provider).is_some();
    let stack = match (hosted, stack.has(ManagedDatabase)) {
        (true, false) => hosted_database(stack),
        (false, true) => own_database(stack),
        _ => stack,
    };
    with_stores(replicated(stack, shape.twice), company)
}

/// A database of the team's own, with replication and backup, in place of the managed one.
fn own_database(stack: Stack) -> Stack {
    let carrier = if stack.has(LinuxImage) { LinuxImage } else { CloudMachines };
    let mut interfaces = vec![(DatabaseReplication, SqlDatabase), (carrier, SqlDatabase)];
    for keeper in [ConfigurationManagement, Terraform] {
        if stack.has(keeper) {
            interfaces.push((keeper, SqlDatabase));
        }
    }
    stack.replace(ManagedDatabase, SqlDatabase).replace(ManagedBackup, Backup).with(DatabaseReplication, &interfaces)
}

/// The provider's database, with its backups, in place of the team's own.
fn hosted_database(stack: Stack) -> Stack {
    stack.without(DatabaseReplication).replace(SqlDatabase, ManagedDatabase).replace(Backup, ManagedBackup)
}

/// Replication only where every role runs twice.
fn replicated(stack: Stack, twice: bool) -> Stack {
    if twice { stack } else { stack.without(DatabaseReplication) }
}

/// The web server in place of the load balancer, where none is bought: what stood before that stands before this.
pub fn balanced(stack: Stack, shape: Shape) -> Stack {
    if shape.balanced { stack } else { stack.replace(ManagedLoadBalancer, WebServer) }
}

/// The interfaces of what a second site adds, as far as the other ends are there.
pub const SITE_INTERFACES: &[(Part, Part)] = &[
    (Part::SiteSteering, Part::DnsTls),
    (Part::SiteReplication, SqlDatabase),
    (Part::SiteReplication, Part::DatabaseInCluster),
    (Part::ManagedSiteReplication, ManagedDatabase),
    (Part::ManagedSiteReplication, Part::FunctionDatabase),
    (ConfigurationManagement, Part::SiteReplication),
    (Terraform, Part::SiteSteering),
    (Terraform, Part::ManagedSiteReplication),
];

/// With what leads requests to one of two sites and keeps their data alike, where it stands at two.
pub fn at_two_sites(stack: Stack, shape: Shape) -> Stack {
    if !shape.two_sites {
        return stack;
    }
    let added = [
        (Part::SiteSteering, true),
        (Part::SiteReplication, stack.has(SqlDatabase) || stack.has(Part::DatabaseInCluster)),
        (Part::ManagedSiteReplication, stack.has(ManagedDatabase) || stack.has(Part::FunctionDatabase)),
    ];
    let added = added.into_iter().filter_map(|(part, wanted)| wanted.then_some(part));
    added.fold(stack, |stack, part| touching(stack, part, &[SITE_INTERFACES]))
}

/// What a CDN may fetch from, the foremost first.
const FRONTS: [Part; 6] = [
    ManagedLoadBalancer,
    Part::LoadBalancer,
    Part::IngressController,
    Part::ApiGateway,
    WebServer,
    Part::ApplicationPlatform,
];

/// The interfaces of a CDN with what is there: a name leads to it, and it fetches from the foremost that answers requests.
pub fn cdn_interfaces(has: impl Fn(Part) -> bool) -> Vec<(Part, Part)> {
    let front = FRONTS.into_iter().find(|part| has(*part));
    let named = [Part::DnsTls].into_iter().filter(|part| has(*part));
    let set_up = [Terraform].into_iter().filter(|part| has(*part)).map(|keeper| (keeper, Part::Cdn));
    front.into_iter().chain(named).map(|end| (Part::Cdn, end)).chain(set_up).collect()
}

/// With the CDN that stands before the servers or is added, and its interfaces with what is there in the end.
pub fn behind_cdn(stack: Stack, company: &Company) -> Stack {
    if company.cdn.is_none() && !stack.has(Part::Cdn) {
        return stack;
    }
    let interfaces = cdn_interfaces(|part| stack.has(part));
    stack.without(Part::Cdn).with(Part::Cdn, &interfaces)
}

/// With a part and its interfaces, of those that are known, to what is there.
fn touching(stack: Stack, part: Part, known: &[&[(Part, Part)]]) -> Stack {
    let touched: Vec<(Part, Part)> = known
        .iter()
        .flat_map(|interfaces| interfaces.iter())
        .filter(|(from, to)| (*from == part && stack.has(*to)) || (*to == part && stack.has(*from)))
        .copied()
        .collect();
    stack.with(part, &touched)
}

/// As many databases as the company has; with none, what only they need goes as well.
pub fn with_stores(mut stack: Stack, company: &Company) -> Stack {
    for part in DATABASES {
        stack = stack.times(*part, company.stores);
    }
    if company.stores == 0 {
        for part in [
            DatabaseReplication,
            Backup,
            ManagedBackup,
            Part::TestDatabases,
            Part::DatabaseOperator,
            Part::OperatorSdk,
            Part::OperatorLifecycle,
        ] {
            stack = stack.without(part);
        }
    }
    stack
}

/// The parts that are a database: two databases are two of them.
const DATABASES: &[Part] = &[SqlDatabase, ManagedDatabase, Part::DatabaseInCluster, Part::FunctionDatabase];

/// With the parts that the company adds, and without those that it leaves out. An added part touches what it touches in
/// any variant that has it, as far as that is there.
pub fn toggled(mut stack: Stack, company: &Company, known: &[&[(Part, Part)]]) -> Stack {
    for part in &company.with {
        if !stack.has(*part) {
            stack = touching(stack, *part, known);
        }
    }
    for part in &company.without {
        stack = stack.without(*part);
    }
    stack
}
