//! Documents of any size: regions, zones and three tiers, filled at random from a fixed seed.

use std::fmt::Write;

/// Links for each service, in tenths: what real topologies have.
const LINKS_PER_TEN_SERVICES: usize = 13;
/// One link in so many leads into another region.
const FAR_LINK: u64 = 20;
/// Where the random numbers start.
const SEED: u64 = 2026;
/// What stands in each tier.
const KINDS: [&[&str]; 3] = [&["nat-gateway", "ec2"], &["ecs", "ec2", "fargate"], &["elasticache", "rds"]];
/// The tiers and the access of their subnets.
const TIERS: [(&str, &str); 3] = [("public", "public"), ("app", "private"), ("data", "isolated")];
/// The regions, as many as are needed.
const REGIONS: [&str; 4] = ["us-east-1", "ca-central-1", "eu-west-1", "sa-east-1"];

/// SplitMix64 (Steele, Lea, Flood 2014): small, and the same everywhere.
struct Random(u64);

impl Random {
    /// A number below `limit`.
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % limit
    }
}

/// A service of the generated document.
struct Service {
    id: String,
    region: usize,
    tier: usize,
}

/// A document in which about `icons` services are drawn, copies in zones counted.
pub fn document(icons: usize) -> String {
    let (regions, zones) = if icons <= 200 { (2, 2) } else { (4, 3) };
    let mut text = format!("[diagram]\ntitle = \"{icons} services\"\n\n[externals.users]\nkind = \"users\"\n");
    for region in &REGIONS[..regions] {
        let _ = write!(text, "\n[regions.{region}]\nazs = {zones}\n\n[vpcs.vpc-{region}]\nin = \"{region}\"\n");
        for (tier, access) in TIERS {
            let _ = write!(text, "\n[subnets.{tier}-{region}]\nin = \"vpc-{region}\"\naccess = \"{access}\"\n");
        }
    }
    let mut random = Random(SEED);
    let services = services(icons / zones, regions);
    for service in &services {
        let kinds = KINDS[service.tier];
        let kind = kinds[random.below(kinds.len() as u64) as usize];
        let subnet = format!("{}-{}", TIERS[service.tier].0, REGIONS[service.region]);
        let _ =
            write!(text, "\n[services.{}]\nkind = \"{kind}\"\nin = \"{subnet}\"\nplacement = \"per-az\"\n", service.id);
    }
    text.push_str("\n[flows.all]\nsteps = [\n");
    for (from, to) in links(&services, &mut random) {
        let _ = writeln!(text, "  \"{from} -> {to}\",");
    }
    text.push_str("]\n");
    text
}

/// `count` services, dealt out over regions and tiers in turn.
fn services(count: usize, regions: usize) -> Vec<Service> {
    let deal = |index: usize| Service {
        id: format!("s{index}"),
        region: index % regions,
        tier: index / regions % TIERS.len(),
    };
    (0..count).map(deal).collect()
}

/// Links from the users to the public tier, and between services of one tier or from one tier to the next.
fn links(services: &[Service], random: &mut Random) -> Vec<(String, String)> {
    let wanted = services.len() * LINKS_PER_TEN_SERVICES / 10;
    let entrances = services.iter().filter(|service| service.tier == 0).take(2);
    let mut links: Vec<(String, String)> = entrances.map(|entrance| ("users".into(), entrance.id.clone())).collect();
    while links.len() < wanted {
        let from = &services[random.below(services.len() as u64) as usize];
        let far = random.below(FAR_LINK) == 0;
        let fits = |to: &&Service| {
            (to.tier == from.tier || to.tier == from.tier + 1) && (to.region != from.region) == far && to.id != from.id
        };
        let targets: Vec<&Service> = services.iter().filter(fits).collect();
        let Some(to) = targets.get(random.below(targets.len().max(1) as u64) as usize) else { continue };
        let link = (from.id.clone(), to.id.clone());
        if !links.contains(&link) {
            links.push(link);
        }
    }
    links
}
