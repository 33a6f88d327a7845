//! Functions: the provider starts the code for each request and charges by the millisecond.

use super::{Describe, stack};
use crate::explain::Trace;
use crate::facts::Part::{self, *};
use crate::facts::slot;
use crate::model::Company;
use crate::model::complexity::Stack;
use crate::model::database::Databases;
use crate::model::functions;
use crate::model::labour::{Care, Onboarding};
use crate::model::practice::{Copies, Deploy, Place, Practice, Repair, Sharing};
use crate::model::site::Waiting;
use crate::model::{Context, Layout, Obstacle, Roles, Shape};

const PARTS: &[Part] = &[
    FunctionService,
    ApiGateway,
    UserPool,
    ObjectStorage,
    GraphqlFront,
    FunctionDatabase,
    CloudPermissions,
    Terraform,
    TerraformState,
    LanguageRuntime,
    VersionControl,
    ContinuousIntegration,
    Monitoring,
    DnsTls,
];

const INTERFACES: &[(Part, Part)] = &[
    (FunctionService, LanguageRuntime),
    (ApiGateway, FunctionService),
    (UserPool, ApiGateway),
    (ObjectStorage, FunctionService),
    (GraphqlFront, FunctionService),
    (GraphqlFront, ApiGateway),
    (FunctionService, FunctionDatabase),
    (CloudPermissions, FunctionService),
    (CloudPermissions, ObjectStorage),
    (CloudPermissions, FunctionDatabase),
    (CloudPermissions, ApiGateway),
    (Terraform, FunctionService),
    (Terraform, ApiGateway),
    (Terraform, UserPool),
    (Terraform, ObjectStorage),
    (Terraform, FunctionDatabase),
    (Terraform, CloudPermissions),
    (Terraform, DnsTls),
    (Terraform, TerraformState),
    (VersionControl, ContinuousIntegration),
    (ContinuousIntegration, FunctionService),
    (ContinuousIntegration, Terraform),
    (Monitoring, FunctionService),
    (Monitoring, ApiGateway),
    (DnsTls, ApiGateway),
    (DnsTls, UserPool),
];

/// Functions that the provider starts for each request.
pub struct Functions;

impl Describe for Functions {
    const PRACTICE: Practice = Practice {
        deploy: Deploy::Function,
        place: Place::Functions,
        repair: Repair::Replaced,
        copies: Copies::OfDatabases,
        sharing: Sharing::None,
        parity: true,
        on_call: true,
        private_network: false,
        database_in_cluster: false,
    };
    const INTERFACES: &'static [(Part, Part)] = INTERFACES;

    fn stack(company: &Company, _: Shape) -> Stack {
        stack::with_stores(Stack::new(PARTS, INTERFACES), company)
    }

    fn barred(company: &Company) -> Option<Obstacle> {
        if !company.decomposable {
            return Some(Obstacle::NotDecomposable);
        }
        (!company.provider.functions).then_some(Obstacle::NotSold)
    }

    fn layout<T: Trace>(context: &Context<T>, roles: Roles<T::N>) -> (Layout<T::N>, Option<Obstacle>) {
        let trace = &context.trace;
        let seller = context.company.provider;
        // Functions keep nothing: their database is always somebody else's.
        let base = context.company.database_provider.unwrap_or(seller);
        let base = if base.database.is_empty() { context.company.platform } else { base };
        let (compute, obstacle) = functions::functions(context);
        let care = Care {
            setup: slot::SETUP_FUNCTIONS,
            machine: slot::HOURS_MACHINE_IMMUTABLE,
            service: slot::HOURS_SERVICE_PAAS,
            onboarding: Onboarding::SharedImage,
        };
        let database = Databases::of_functions(context, base, roles.twice());
        // A table that nobody uses costs next to nothing, however many environments have one.
        let twin_usd = match database {
            Some(Databases::Servers(_)) => Databases::twin_usd(context, base.database, trace.read(slot::DATA_STORES)),
            _ => trace.constant(0.0),
        };
        let waiting = Some(Waiting::nothing(trace));
        let layout = Layout { twin_usd, waiting, ..Layout::new(trace, compute, database, seller, care) };
        (layout, obstacle)
    }
}
