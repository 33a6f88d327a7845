//! Functions: the provider starts the code for each request and charges by the millisecond.

use super::{Describe, stack};
use crate::explain::Trace;
use crate::facts::Part::{self, *};
use crate::facts::slot;
use crate::model::Company;
use crate::model::complexity::Stack;
use crate::model::compute::Compute;
use crate::model::database::DatabaseServers;
use crate::model::labour::{Care, Onboarding};
use crate::model::timeline::{Context, Design, Obstacle};

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
    fn stack(company: &Company) -> Stack {
        stack::with_stores(Stack::new(PARTS, INTERFACES), company)
    }

    fn barred(company: &Company) -> Option<Obstacle> {
        if !company.decomposable {
            return Some(Obstacle::NotDecomposable);
        }
        (!company.provider.functions).then_some(Obstacle::NotSold)
    }

    fn design<T: Trace>(context: &Context<T>) -> (Design<T::N>, Option<Obstacle>) {
        let trace = &context.trace;
        let zero = trace.constant(0.0);
        // Prices of functions are those of one provider; the others' are not in the price book.
        let seller = context.company.provider;
        // Functions keep nothing: their database is always a managed one.
        let base = if seller.database.is_empty() { context.company.platform } else { seller };
        let (compute, obstacle) = Compute::functions(context);
        let design = Design {
            compute,
            database: DatabaseServers::managed(context, base),
            seller,
            transit_usd_per_gb: None,
            platform_usd: zero,
            twin_usd: DatabaseServers::twin_usd(context, base.database),
            twin_machines: zero,
            load_balancer: false,
            term: None,
            setup_hours_per_machine: None,
            care: Care {
                setup: slot::SETUP_FUNCTIONS,
                machine: slot::HOURS_MACHINE_IMMUTABLE,
                service: slot::HOURS_SERVICE_PAAS,
                onboarding: Onboarding::SharedImage,
            },
        };
        (design, obstacle)
    }
}
