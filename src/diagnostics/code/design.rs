//! What is doubtful about a design that is drawn as written: the findings of `diagram check`.

use super::{Code, warning};

/// The findings, in alphabetical order. Each has its rule in `analysis::findings`.
pub(super) const DESIGN: &[Code] = &[
    warning(
        "asynchronous-on-request-path",
        "A flow that starts outside has an asynchronous step: who asks gets the answer before the work behind that step is \
         done, and never hears that it failed. Where that is meant, make it a flow of its own that starts at the queue, or \
         allow it.",
        "[externals]\nusers = { kind = \"users\" }\n\n[services]\napi = { kind = \"api-gateway\" }\nqueue = { kind = \"sqs\" }\n\n\
         [flows.request]\nsteps = [\"users -> api ~> queue\"]\n",
        "[externals]\nusers = { kind = \"users\" }\n\n[services]\napi = { kind = \"api-gateway\" }\nqueue = { kind = \"sqs\" }\n\n\
         [flows.request]\nsteps = [\"users -> api -> queue\"]\n",
    ),
    warning(
        "database-in-public-subnet",
        "A database stands in a public subnet: a route from the internet leads to it. Nobody but the application \
         needs that route.",
        "[vpcs.main]\n\n[subnets.public]\nin = \"main\"\naccess = \"public\"\n\n[services]\ndb = { kind = \"rds\", in = \"public\" }\n",
        "[vpcs.main]\n\n[subnets.data]\nin = \"main\"\naccess = \"isolated\"\n\n[services]\ndb = { kind = \"rds\", in = \"data\" }\n",
    ),
    warning(
        "empty-group",
        "A container holds nothing that has an icon, so that it says nothing about the architecture.",
        "[groups.backend]\n\n[services.site]\nkind = \"s3\"\n",
        "[groups.backend]\n\n[services.site]\nkind = \"s3\"\nin = \"backend\"\n",
    ),
    warning(
        "fixed-capacity",
        "Nothing adds instances or tasks that serve requests from outside: under load they stay as many as they are. Give them `scaling`, or \
         put them into an Auto Scaling group.",
        "[externals]\nusers = { kind = \"users\" }\n\n[services]\nweb = { kind = \"ec2\" }\n\n[flows.request]\nsteps = [\"users -> web\"]\n",
        "[externals]\nusers = { kind = \"users\" }\n\n[services]\nweb = { kind = \"ec2\", scaling = { min = 2, max = 10 } }\n\n\
         [flows.request]\nsteps = [\"users -> web\"]\n",
    ),
    warning(
        "load-balancer-in-one-az",
        "A load balancer stands in a single availability zone: it goes with that zone, and AWS asks for two.",
        "[regions.us-east-1]\nazs = 2\n\n[vpcs.main]\nin = \"us-east-1\"\n\n[subnets.public]\nin = \"main\"\naccess = \"public\"\n\n\
         [services]\nalb = { kind = \"alb\", in = \"public\", azs = [\"a\"] }\n",
        "[regions.us-east-1]\nazs = 2\n\n[vpcs.main]\nin = \"us-east-1\"\n\n[subnets.public]\nin = \"main\"\naccess = \"public\"\n\n\
         [services]\nalb = { kind = \"alb\", in = \"public\" }\n",
    ),
    warning(
        "nat-gateway-in-private-subnet",
        "A NAT gateway reaches the internet from a public subnet only; in a private one it has no route out.",
        "[vpcs.main]\n\n[subnets.app]\nin = \"main\"\naccess = \"private\"\n\n[services]\nnat = { kind = \"nat-gateway\", in = \"app\" }\n",
        "[vpcs.main]\n\n[subnets.public]\nin = \"main\"\naccess = \"public\"\n\n[services]\n\
         nat = { kind = \"nat-gateway\", in = \"public\" }\n",
    ),
    warning(
        "no-egress",
        "Something in a private subnet calls outside without a way out: the drawn way has no NAT gateway, VPN gateway or endpoint. \
         Draw the way that it takes.",
        "[externals]\nmail = { kind = \"email\" }\n\n[vpcs.main]\n\n[subnets.app]\nin = \"main\"\naccess = \"private\"\n\n\
         [services]\nigw = { kind = \"internet-gateway\", in = \"main\" }\napi = { kind = \"ec2\", in = \"app\" }\n\n\
         [flows.mail]\nsteps = [\"api -> igw -> mail\"]\n",
        "[externals]\nmail = { kind = \"email\" }\n\n[vpcs.main]\n\n[subnets.app]\nin = \"main\"\naccess = \"private\"\n\n\
         [subnets.public]\nin = \"main\"\naccess = \"public\"\n\n[services]\nigw = { kind = \"internet-gateway\", in = \"main\" }\n\
         nat = { kind = \"nat-gateway\", in = \"public\" }\napi = { kind = \"ec2\", in = \"app\" }\n\n\
         [flows.mail]\nsteps = [\"api -> nat -> igw -> mail\"]\n",
    ),
    warning(
        "no-standby",
        "A relational database has neither `multi-az` nor a replica: when its instance or its zone fails, the data is out of \
         reach until it is restored.",
        "[services]\ndb = { kind = \"rds\" }\n",
        "[services]\ndb = { kind = \"rds\", multi-az = true }\n",
    ),
    warning(
        "passive-region-empty",
        "Something serves in the active region and is missing in the passive one: after a failover it is missing.",
        "[externals]\nusers = { kind = \"users\" }\n\n[regions]\nus-east-1 = { role = \"active\" }\nca-central-1 = { role = \"passive\" }\n\n\
         [services]\napi = { kind = \"api-gateway\", in = [\"us-east-1\", \"ca-central-1\"] }\n\
         orders = { kind = \"dynamodb\", in = \"us-east-1\" }\n\n[flows.request]\nsteps = [\"users -> api -> orders\"]\n",
        "[externals]\nusers = { kind = \"users\" }\n\n[regions]\nus-east-1 = { role = \"active\" }\nca-central-1 = { role = \"passive\" }\n\n\
         [services]\napi = { kind = \"api-gateway\", in = [\"us-east-1\", \"ca-central-1\"] }\n\
         orders = { kind = \"dynamodb\", in = [\"us-east-1\", \"ca-central-1\"] }\n\n[flows.request]\nsteps = [\"users -> api -> orders\"]\n",
    ),
    warning(
        "public-entry-to-private-subnet",
        "A link leads from outside straight into a private subnet: nothing from outside arrives there. A load \
         balancer or a gateway stands between the two.",
        "[externals]\nusers = { kind = \"users\" }\n\n[vpcs.main]\n\n[subnets.app]\nin = \"main\"\naccess = \"private\"\n\n\
         [services]\napi = { kind = \"ec2\", in = \"app\" }\n\n[flows.request]\nsteps = [\"users -> api\"]\n",
        "[externals]\nusers = { kind = \"users\" }\n\n[vpcs.main]\n\n[subnets.public]\nin = \"main\"\naccess = \"public\"\n\n\
         [subnets.app]\nin = \"main\"\naccess = \"private\"\n\n[services]\nalb = { kind = \"alb\", in = \"public\" }\n\
         api = { kind = \"ec2\", in = \"app\" }\n\n[flows.request]\nsteps = [\"users -> alb -> api\"]\n",
    ),
    warning(
        "shared-nat-gateway",
        "One NAT gateway serves several availability zones: when its own fails, the others lose their way out, and all their \
         traffic crosses zones, which costs.",
        "[externals]\nmail = { kind = \"email\" }\n\n[regions.us-east-1]\nazs = 2\n\n[vpcs.main]\nin = \"us-east-1\"\n\n\
         [subnets]\npublic = { in = \"main\", access = \"public\" }\napp = { in = \"main\", access = \"private\" }\n\n\
         [services]\nnat = { kind = \"nat-gateway\", in = \"public\", azs = [\"a\"] }\napi = { kind = \"ec2\", in = \"app\" }\n\n\
         [flows.mail]\nsteps = [\"api -> nat -> mail\"]\n",
        "[externals]\nmail = { kind = \"email\" }\n\n[regions.us-east-1]\nazs = 2\n\n[vpcs.main]\nin = \"us-east-1\"\n\n\
         [subnets]\npublic = { in = \"main\", access = \"public\" }\napp = { in = \"main\", access = \"private\" }\n\n\
         [services]\nnat = { kind = \"nat-gateway\", in = \"public\" }\napi = { kind = \"ec2\", in = \"app\" }\n\n\
         [flows.mail]\nsteps = [\"api -> nat -> mail\"]\n",
    ),
    warning(
        "single-az-tier",
        "A tier or a store stands in one availability zone, while its VPC has more: it goes with that zone.",
        "[regions.us-east-1]\nazs = 2\n\n[vpcs.main]\nin = \"us-east-1\"\n\n[subnets.app]\nin = \"main\"\n\n\
         [services]\napi = { kind = \"ec2\", in = \"app\", azs = [\"a\"] }\n",
        "[regions.us-east-1]\nazs = 2\n\n[vpcs.main]\nin = \"us-east-1\"\n\n[subnets.app]\nin = \"main\"\n\n\
         [services]\napi = { kind = \"ec2\", in = \"app\" }\n",
    ),
    warning(
        "single-point-of-failure",
        "A flow has no way around something that exists once and lives in one zone: when it fails, the flow does. What AWS \
         itself runs in several zones is not meant.",
        "[externals]\nusers = { kind = \"users\" }\n\n[services]\nweb = { kind = \"ec2\" }\n\n[flows.request]\nsteps = [\"users -> web\"]\n",
        "[externals]\nusers = { kind = \"users\" }\n\n[regions.us-east-1]\nazs = 2\n\n[vpcs.main]\nin = \"us-east-1\"\n\n\
         [subnets.app]\nin = \"main\"\n\n[services]\nalb = { kind = \"alb\", in = \"app\" }\nweb = { kind = \"ec2\", in = \"app\" }\n\n\
         [flows.request]\nsteps = [\"users -> alb -> web\"]\n",
    ),
    warning(
        "unlinked-box",
        "Nothing is linked to a box, although other boxes are: readers can't tell what it is for.",
        "[services]\nsite = { kind = \"s3\" }\ncdn = { kind = \"cloudfront\" }\nlogs = { kind = \"s3\" }\n\n\
         [flows.page]\nsteps = [\"cdn -> site\"]\n",
        "[services]\nsite = { kind = \"s3\" }\ncdn = { kind = \"cloudfront\" }\nlogs = { kind = \"s3\" }\n\n\
         [flows.page]\nsteps = [\"cdn -> site\", \"cdn ~> logs\"]\n",
    ),
];
