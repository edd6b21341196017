//! The regions of AWS: codes, names in English as AWS writes them, names in Spanish after the manner of the console in
//! Spanish, zone letters.
//!
//! The letters are those of new accounts: in the oldest regions accounts differ, and in us-west-1, where each account has
//! two zones, all three letters are listed.

use super::Region;

const A_TO_C: &[char] = &['a', 'b', 'c'];
const A_TO_D: &[char] = &['a', 'b', 'c', 'd'];

const fn region(code: &'static str, name: &'static str, name_es: &'static str, zones: &'static [char]) -> Region {
    Region { code, name, name_es, zones }
}

/// All regions, sorted by code.
pub(super) static REGIONS: [Region; 39] = [
    region("af-south-1", "Africa (Cape Town)", "África (Ciudad del Cabo)", A_TO_C),
    region("ap-east-1", "Asia Pacific (Hong Kong)", "Asia-Pacífico (Hong Kong)", A_TO_C),
    region("ap-east-2", "Asia Pacific (Taipei)", "Asia-Pacífico (Taipéi)", A_TO_C),
    region("ap-northeast-1", "Asia Pacific (Tokyo)", "Asia-Pacífico (Tokio)", &['a', 'c', 'd']),
    region("ap-northeast-2", "Asia Pacific (Seoul)", "Asia-Pacífico (Seúl)", A_TO_D),
    region("ap-northeast-3", "Asia Pacific (Osaka)", "Asia-Pacífico (Osaka)", A_TO_C),
    region("ap-south-1", "Asia Pacific (Mumbai)", "Asia-Pacífico (Mumbai)", A_TO_C),
    region("ap-south-2", "Asia Pacific (Hyderabad)", "Asia-Pacífico (Hyderabad)", A_TO_C),
    region("ap-southeast-1", "Asia Pacific (Singapore)", "Asia-Pacífico (Singapur)", A_TO_C),
    region("ap-southeast-2", "Asia Pacific (Sydney)", "Asia-Pacífico (Sídney)", A_TO_C),
    region("ap-southeast-3", "Asia Pacific (Jakarta)", "Asia-Pacífico (Yakarta)", A_TO_C),
    region("ap-southeast-4", "Asia Pacific (Melbourne)", "Asia-Pacífico (Melbourne)", A_TO_C),
    region("ap-southeast-5", "Asia Pacific (Malaysia)", "Asia-Pacífico (Malasia)", A_TO_C),
    region("ap-southeast-6", "Asia Pacific (New Zealand)", "Asia-Pacífico (Nueva Zelanda)", A_TO_C),
    region("ap-southeast-7", "Asia Pacific (Thailand)", "Asia-Pacífico (Tailandia)", A_TO_C),
    region("ca-central-1", "Canada (Central)", "Canadá (Central)", &['a', 'b', 'd']),
    region("ca-west-1", "Canada West (Calgary)", "Oeste de Canadá (Calgary)", A_TO_C),
    region("cn-north-1", "China (Beijing)", "China (Pekín)", &['a', 'b', 'd']),
    region("cn-northwest-1", "China (Ningxia)", "China (Ningxia)", A_TO_C),
    region("eu-central-1", "Europe (Frankfurt)", "Europa (Fráncfort)", A_TO_C),
    region("eu-central-2", "Europe (Zurich)", "Europa (Zúrich)", A_TO_C),
    region("eu-north-1", "Europe (Stockholm)", "Europa (Estocolmo)", A_TO_C),
    region("eu-south-1", "Europe (Milan)", "Europa (Milán)", A_TO_C),
    region("eu-south-2", "Europe (Spain)", "Europa (España)", A_TO_C),
    region("eu-west-1", "Europe (Ireland)", "Europa (Irlanda)", A_TO_C),
    region("eu-west-2", "Europe (London)", "Europa (Londres)", A_TO_C),
    region("eu-west-3", "Europe (Paris)", "Europa (París)", A_TO_C),
    region(
        "eusc-de-east-1",
        "AWS European Sovereign Cloud (Germany)",
        "AWS European Sovereign Cloud (Alemania)",
        A_TO_C,
    ),
    region("il-central-1", "Israel (Tel Aviv)", "Israel (Tel Aviv)", A_TO_C),
    region("me-central-1", "Middle East (UAE)", "Medio Oriente (EAU)", A_TO_C),
    region("me-south-1", "Middle East (Bahrain)", "Medio Oriente (Baréin)", A_TO_C),
    region("mx-central-1", "Mexico (Central)", "México (Central)", A_TO_C),
    region("sa-east-1", "South America (São Paulo)", "América del Sur (São Paulo)", A_TO_C),
    region("us-east-1", "US East (N. Virginia)", "EE. UU. Este (Norte de Virginia)", &['a', 'b', 'c', 'd', 'e', 'f']),
    region("us-east-2", "US East (Ohio)", "EE. UU. Este (Ohio)", A_TO_C),
    region("us-gov-east-1", "AWS GovCloud (US-East)", "AWS GovCloud (EE. UU. Este)", A_TO_C),
    region("us-gov-west-1", "AWS GovCloud (US-West)", "AWS GovCloud (EE. UU. Oeste)", A_TO_C),
    region("us-west-1", "US West (N. California)", "EE. UU. Oeste (Norte de California)", A_TO_C),
    region("us-west-2", "US West (Oregon)", "EE. UU. Oeste (Oregón)", A_TO_D),
];
