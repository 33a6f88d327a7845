//! What two variants lay out in the same way.

use crate::explain::{Number, Trace};
use crate::facts::{Provider, slot};
use crate::model::availability::Keeper;
use crate::model::bill::{self, Accessories};
use crate::model::capacity::{self, Size};
use crate::model::cluster::{self, Inside, Pods};
use crate::model::compute::{self, Compute, Sizing};
use crate::model::database::{Databases, Housing, Offered};
use crate::model::labour::{Care, Onboarding};
use crate::model::layout;
use crate::model::load::Load;
use crate::model::practice::Practice;
use crate::model::site::Waiting;
use crate::model::{Context, Layout, Obstacle, Roles};

/// Groups of services on VMs of the provider, behind its load balancer, with its database where one is wanted and sold.
/// `elastic` says whether the number of VMs follows the load through the day.
pub fn groups_of_vms<T: Trace>(
    context: &Context<T>,
    practice: &Practice,
    roles: Roles<T::N>,
    elastic: bool,
    care: Care,
) -> (Layout<T::N>, Option<Obstacle>) {
    let trace = &context.trace;
    let seller = context.company.provider;
    let services = trace.read(slot::SERVICES_COUNT);
    let per_host = trace.read(slot::SERVICES_SERVICES_PER_HOST);
    let gib = trace.read(slot::WORKLOAD_MEMORY_MB_PER_SERVICE) / 1024.0 * per_host.min(services);
    let twin = compute::twin_size(context, seller.vm, gib);
    let share = trace.read(slot::VM_SUPPORT_SHARE);
    let brought = Accessories::each(context, practice, seller);
    let groups = (services / per_host).ceil();
    // Images that are replaced keep no data; and where services grow apart none of their groups is the one for the databases.
    let sizes = context.ladder(seller.vm, Some(care.machine));
    let together = !elastic
        && context.classes().next().is_none()
        && context.company.database_of(seller).is_none()
        && databases_share(context, &sizes, true);
    let (databases_usd, databases) = if together {
        (trace.constant(0.0), trace.constant(0.0))
    } else {
        twin_databases(context, context.company.database_of(seller))
    };
    let [database, standby] = if together {
        [Databases::on(context, seller, Offered::of(&sizes, 0.0), roles.copies, Housing::WithApplication), None]
    } else {
        // Beside them, too, stand others.
        let beside = share.value() * (twin.price_usd() + context.monitoring_usd().value() + brought);
        Databases::hosted_or_own(context, seller, (care.machine, brought + beside), roles.copies)
    };
    let sizing = match (elastic, together) {
        (true, _) => Sizing::Elastic,
        (false, true) => Sizing::PlannedWithDatabases,
        (false, false) => Sizing::Planned,
    };
    let (compute, obstacle) = {
        let others_usd = beside_usd(context, seller, database.as_ref(), (share, Some(&twin)), brought);
        let balancer_usd = bill::balancer_if_needed(context, seller);
        let beside_usd = |load: &Load<T::N>, machines: f64, size: &Size<T::N>, shares: bool| {
            // Machines that come and go are behind a balancer whatever their size.
            let balancer = if shares && !elastic { balancer_usd(load) } else { 0.0 };
            others_usd(load, machines, size) + balancer
        };
        Compute::groups(context, seller.vm, per_host, roles, sizing, Some(care.machine), beside_usd)
    };
    // Where one machine serves each role, whoever comes is sent to it by its name.
    let balanced = elastic || compute.shares_roles(context, &context.busiest);
    let layout = Layout {
        twin_usd: groups * twin.usd + databases_usd,
        support: Some((share, twin.usd)),
        twin_machines: groups + databases,
        load_balancer: context.company.balances(balanced),
        waiting: elastic.then(|| Waiting { machines: groups, usd: groups * twin.usd }),
        standby,
        ..Layout::new(trace, compute, database, seller, care)
    };
    (layout, obstacle)
}

/// Pods on nodes of the provider, behind its load balancer, with its database where one is wanted and sold, and the practice
/// does not have it inside the cluster. Databases of the team's own share the nodes if they are inside, or may do so, a node
/// has room for them, and nodes of their own do not cost less: the others are all of one size.
pub fn pods_on_nodes<T: Trace>(
    context: &Context<T>,
    practice: &Practice,
    roles: Roles<T::N>,
    control_plane: bool,
    care: Care,
) -> (Layout<T::N>, Option<Obstacle>) {
    let trace = &context.trace;
    let seller = context.company.provider;
    let brought = Accessories::each(context, practice, seller);
    let sizes = context.ladder(seller.vm, Some(care.machine));
    let hosted = context.company.database_of(seller).filter(|_| !practice.database_in_cluster);
    let pods =
        |databases| cluster::cluster(context, seller.vm, Inside { control_plane, databases }, roles.copies, brought);
    let own = |housing| Databases::on(context, seller, Offered::of(&sizes, brought), roles.copies, housing);
    let alone = if hosted.is_none() { own(Housing::Own) } else { None };
    let together = hosted.is_none() && databases_share(context, &sizes, !practice.database_in_cluster);
    let (apart, twins) = (pods(false), twin_databases(context, hosted));
    let shared = together.then(|| pods(true)).filter(|shared| {
        // With nodes of their own databases have some in each further environment too.
        let others = trace.read(slot::DELIVERY_ENVIRONMENTS).value() - 1.0;
        let kept = sizes.first().map_or(0.0, |size| size.keeping.usd(others * twins.1.value()));
        let of_others = others * (twins.0.value() + twins.1.value() * brought) + kept;
        let usd = |load| alone.as_ref().map_or(0.0, |alone| alone.all_in_usd(context, load, brought)) + of_others;
        shared.cost <= apart.cost + context.sampled.iter().map(usd).sum::<f64>()
    });
    let (cluster_usd, cluster_machines) = cluster::twin_cluster(context, seller.vm, control_plane, brought);
    let (Pods { compute, obstacle, .. }, [database, standby], (databases_usd, databases)) = match (shared, hosted) {
        (Some(shared), _) => {
            let none = trace.constant(0.0);
            (shared, [own(Housing::WithApplication), None], (none, none))
        }
        (None, Some(provider)) => {
            (apart, [false, true].map(|standby| Databases::managed(context, provider, standby)), twins)
        }
        (None, None) => (apart, [alone, None], twins),
    };
    // Where databases are inside, all of it is there: what waits at its least has no room for them.
    let waits = !compute.holds_databases();
    let layout = Layout {
        waiting: waits.then_some(Waiting { machines: cluster_machines, usd: cluster_usd }),
        twin_usd: cluster_usd + databases_usd,
        twin_machines: cluster_machines + databases,
        load_balancer: context.company.balances(true),
        standby,
        ..Layout::new(trace, compute, database, seller, care)
    };
    (layout, obstacle)
}

/// Whether databases of the team's own share the application's machines: where they are not kept apart, if they `may_be`, and
/// one machine of some size would hold all.
fn databases_share<T: Trace>(context: &Context<T>, sizes: &[Size<T::N>], may_be: bool) -> bool {
    context.company.stores > 0
        && !(may_be && context.databases_apart())
        && sizes.iter().any(|size| compute::holds_all(context, size))
}

/// What the databases of one further environment cost, and how many machines of them the team looks after: none if they are
/// `hosted` by a provider, those that are kept apart from each other if they are the team's own.
fn twin_databases<T: Trace>(context: &Context<T>, hosted: Option<&'static Provider>) -> (T::N, T::N) {
    let trace = &context.trace;
    match hosted {
        Some(provider) => {
            let stores = trace.read(slot::DATA_STORES);
            (Databases::twin_usd(context, provider.database, stores), trace.constant(0.0))
        }
        None => {
            let hosts = context.database_hosts();
            (Databases::twin_usd(context, context.company.provider.vm, hosts), hosts)
        }
    }
}

/// What so many machines of a size bring with them at a load of the application, a month: `brought` each, machines of the
/// `other` size, or of the same, beside these and those of the databases (`share` for each of them), the work that all of these
/// take, and what is left to pay of the traffic. Further environments are the same whatever the size: they are left out.
fn beside_usd<T: Trace>(
    context: &Context<T>,
    seller: &'static Provider,
    database: Option<&Databases<T::N>>,
    (share, other): (T::N, Option<&Size<T::N>>),
    brought: f64,
) -> impl Fn(&Load<T::N>, f64, &Size<T::N>) -> f64 {
    let traffic = bill::traffic_of_machines(context, seller);
    let price = |size: &Size<T::N>| size.usd.value() * size.paid;
    let (other, more) = (other.map(price), context.monitoring_usd().value() + brought);
    move |load, machines, size| {
        let databases = database.map_or(0.0, |database| database.machines(context, load).value());
        let beside = layout::beside(machines + databases, share.value(), 0.5);
        let all = machines + databases + beside;
        let each = other.unwrap_or_else(|| price(size)) + more;
        machines * brought + beside * each + size.keeping.usd(all) + traffic(load, all)
    }
}

/// A fleet of whole machines that all services share, each machine held for a term.
pub fn metal_fleet<T: Trace>(
    context: &Context<T>,
    sizes: &[Size<T::N>],
    term: T::N,
    copies: T::N,
) -> (Layout<T::N>, Option<Obstacle>) {
    let trace = &context.trace;
    let host = context.company.host;
    // A further environment is one machine with one of everything on it.
    let gib = capacity::memory_of_all(trace, trace.constant(0.0), trace.constant(1.0)).value();
    let twin = Size::cheapest(sizes, |size| size.gib.value() >= gib, |size, _| size.usd.value())
        .unwrap_or_else(|| Size::largest(sizes));
    let together = databases_share(context, sizes, true);
    // A larger server than is usual is taken before a database is cut.
    let usual = compute::usual_servers(context, sizes, |_| true);
    let own =
        || Databases::on(context, host, Offered { whole: sizes, cut: &usual, brought: 0.0 }, copies, Housing::Own);
    let database = if together { None } else { own() };
    let share = trace.read(slot::METAL_SUPPORT_SHARE);
    let care = Care {
        setup: slot::SETUP_METAL,
        machine: slot::HOURS_MACHINE_BARE_METAL,
        service: slot::HOURS_SERVICE_VM,
        onboarding: Onboarding::ByHand,
    };
    let beside_usd = beside_usd(context, host, database.as_ref(), (share, None), 0.0);
    let (compute, obstacle) = Compute::pool(context, sizes, copies, together, beside_usd);
    let layout = Layout {
        keeper: if together { Keeper::Team } else { Databases::keeper(database.as_ref()) },
        twin_usd: twin.usd,
        twin_machines: trace.constant(1.0),
        support: compute.machine().map(|size| (share, size.usd)),
        term: Some(term),
        ..Layout::new(trace, compute, database, host, care)
    };
    (layout, obstacle)
}
