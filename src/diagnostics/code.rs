//! Every code of a diagnostic, explained.
//!
//! Codes are stable: scripts and people look them up. Each has an example that gives it and one that does not; the
//! tests run both.

mod design;

use super::Severity;

/// What a code means.
#[derive(Debug, Clone, Copy)]
pub struct Code {
    /// As it stands in messages.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, why it matters, and what to do.
    pub meaning: &'static str,
    /// A document that has it; empty where a text can't show it.
    pub wrong: &'static str,
    /// The same, repaired.
    pub right: &'static str,
}

impl Code {
    /// Its two documents with what to call them; none where a text can't show it.
    pub fn examples(&self) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        [("Wrong", self.wrong), ("Right", self.right)].into_iter().filter(|(_, document)| !document.is_empty())
    }
}

const fn error(name: &'static str, meaning: &'static str, wrong: &'static str, right: &'static str) -> Code {
    Code { name, severity: Severity::Error, meaning, wrong, right }
}

const fn warning(name: &'static str, meaning: &'static str, wrong: &'static str, right: &'static str) -> Code {
    Code { name, severity: Severity::Warning, meaning, wrong, right }
}

/// The explanation of a code.
pub fn find(name: &str) -> Option<&'static Code> {
    CODES.iter().find(|code| code.name == name)
}

/// Every code: first those of the file and its form, then those of its meaning, those of the picture and those of the design.
pub const CODES: &[Code] = &ALL;

const ALL: [Code; DOCUMENT.len() + design::DESIGN.len()] = {
    let mut all = [DOCUMENT[0]; DOCUMENT.len() + design::DESIGN.len()];
    let mut index = 0;
    while index < all.len() {
        all[index] = if index < DOCUMENT.len() { DOCUMENT[index] } else { design::DESIGN[index - DOCUMENT.len()] };
        index += 1;
    }
    all
};

/// What is wrong with a document.
const DOCUMENT: &[Code] = &[
    error(
        "invalid-utf-8",
        "The file holds bytes that are no text in UTF-8, the encoding of TOML. Files saved by old editors as Latin-1 or \
         by some Windows programs as UTF-16 do. Save it again as UTF-8.",
        "",
        "",
    ),
    error(
        "too-large",
        "The file is larger than 4 MiB. A topology of a thousand services takes about 150 kB, so this is probably some \
         other file.",
        "",
        "",
    ),
    error(
        "syntax",
        "The text is not TOML at this place: a quote or a bracket is missing, two keys stand on one line, or a value is \
         not written as TOML wants it. The rest of the file is checked all the same.",
        "[services.site]\nkind = s3\n",
        "[services.site]\nkind = \"s3\"\n",
    ),
    error(
        "duplicate-key",
        "A key or a table stands twice in the same table: only one of the two could count.",
        "[services.site]\nkind = \"s3\"\nkind = \"ec2\"\n",
        "[services.site]\nkind = \"s3\"\n",
    ),
    error(
        "duplicate-id",
        "Two entries have the same id. Ids are unique over the whole file, whatever the table, because a link names a \
         box by its id alone.",
        "[services.api]\nkind = \"ec2\"\n\n[services.api]\nkind = \"s3\"\n",
        "[services.api]\nkind = \"ec2\"\n\n[services.files]\nkind = \"s3\"\n",
    ),
    error(
        "unknown-table",
        "The format has no table of this name. The tables of boxes are in the plural.",
        "[service.site]\nkind = \"s3\"\n",
        "[services.site]\nkind = \"s3\"\n",
    ),
    error(
        "unknown-key",
        "The table does not take this key. It is an error, not a remark, because a misspelt key would otherwise change \
         the picture in silence.",
        "[services.site]\nknd = \"s3\"\n",
        "[services.site]\nkind = \"s3\"\n",
    ),
    error(
        "unknown-value",
        "The key takes one of a few words, and this is none of them.",
        "[subnets.app]\naccess = \"closed\"\n",
        "[subnets.app]\naccess = \"private\"\n",
    ),
    error(
        "wrong-type",
        "A value is of another type than its key takes: a text where a list belongs, a table where a text belongs.",
        "[services.site]\nkind = \"s3\"\ntags = \"pci\"\n",
        "[services.site]\nkind = \"s3\"\ntags = [\"pci\"]\n",
    ),
    error(
        "missing-key",
        "A key is missing without which the entry says nothing: a link needs `from` and `to`, a flow needs `steps`, a note its `text`.",
        "[services.a]\nkind = \"s3\"\n\n[[links]]\nfrom = \"a\"\n",
        "[services.a]\nkind = \"s3\"\n\n[[links]]\nfrom = \"a\"\nto = \"a\"\n",
    ),
    error(
        "empty-value",
        "A text or a list is empty where something has to stand. To leave a value open, leave its key out.",
        "[services.site]\nkind = \"\"\n",
        "[services.site]\nkind = \"s3\"\n",
    ),
    error(
        "bad-number",
        "A number is so large that nothing can be counted with it.",
        "[regions.us-east-1]\nazs = 99999999999999999999\n",
        "[regions.us-east-1]\nazs = 2\n",
    ),
    error(
        "bad-id",
        "An id is made of letters, digits, `-`, `_` and `.`; it begins with a letter, a digit or `_`. Other signs are \
         those of the grammar of links: `a@b`, `a, b`, `a -> b : text`. The words to show go into `name`.",
        "[services.\"my site\"]\nkind = \"s3\"\n",
        "[services.my-site]\nkind = \"s3\"\nname = \"my site\"\n",
    ),
    error(
        "bad-step",
        "A step of a flow is a chain of ids and arrows; a text stands at the end if one is wanted: `a -> b, c : text`. The \
         arrows are `->`, `<->`, `--`, and dashed `~>`, `<~>`, `~~`.",
        "[services.a]\nkind = \"s3\"\n\n[flows.main]\nsteps = [\"a => a\"]\n",
        "[services.a]\nkind = \"s3\"\n\n[flows.main]\nsteps = [\"a -> a\"]\n",
    ),
    warning(
        "control-character",
        "A text holds a control character (an escape, a bell, a null). It has no picture, and an SVG that held it could \
         not be opened: its sign (␛, ␇, ␀) is drawn in its place.",
        "[services.site]\nkind = \"s3\"\nname = \"a\\u0007b\"\n",
        "[services.site]\nkind = \"s3\"\nname = \"ab\"\n",
    ),
    error(
        "nothing-to-draw",
        "The file declares no box, so that there is no picture to draw.",
        "[diagram]\ntitle = \"Shop\"\n",
        "[diagram]\ntitle = \"Shop\"\n\n[services.site]\nkind = \"s3\"\n",
    ),
    error(
        "bad-include",
        "A file that `include` names can't be read: there is none, or its path leads out of the directory of the root file.",
        "include = [\"../secret.toml\"]\n\n[services.site]\nkind = \"s3\"\n",
        "[services.site]\nkind = \"s3\"\n",
    ),
    error(
        "include-cycle",
        "A file includes itself, directly or through others.",
        "include = [\"x.toml\"]\n\n[services.site]\nkind = \"s3\"\n",
        "[services.site]\nkind = \"s3\"\n",
    ),
    error(
        "too-long",
        "A text that is written on the picture has more than 500 characters. Long texts go into `description`, which stands in \
         the Markdown.",
        "",
        "",
    ),
    error(
        "bad-link",
        "A link is the address of a page or a mail box: `https:`, `http:`, `mailto:`, or a relative path. Others, such \
         as `javascript:`, could run something when the picture is opened.",
        "[services.site]\nkind = \"s3\"\nlink = \"javascript:alert(1)\"\n",
        "[services.site]\nkind = \"s3\"\nlink = \"https://example.com\"\n",
    ),
    error(
        "bad-cidr",
        "A CIDR block is an address and the length of its prefix.",
        "[vpcs.main]\ncidr = \"10.0.0.0\"\n",
        "[vpcs.main]\ncidr = \"10.0.0.0/16\"\n",
    ),
    error(
        "bad-scaling",
        "`scaling` counts copies: neither limit is negative, and `min` is not above `max`.",
        "[services.api]\nkind = \"ecs\"\nscaling = { min = 9, max = 2 }\n",
        "[services.api]\nkind = \"ecs\"\nscaling = { min = 2, max = 9 }\n",
    ),
    error(
        "bad-count",
        "`count` says how many of a box there are, from 1 to 999; two and more are drawn as a stack.",
        "[services.web]\nkind = \"ec2\"\ncount = 0\n",
        "[services.web]\nkind = \"ec2\"\ncount = 3\n",
    ),
    error(
        "bad-sla",
        "`sla` is a share of time in percent, from 0 to 100: that for which the maker of a service commits to it.",
        "[externals.mail]\nkind = \"email\"\nsla = 999\n",
        "[externals.mail]\nkind = \"email\"\nsla = 99.9\n",
    ),
    error(
        "unknown-code",
        "`allow` names a finding that `diagram check` does not know; or a mistake, which nothing can allow.",
        "[services.site]\nkind = \"s3\"\nallow = [\"unlinked-bxo\"]\nallow-reason = \"It is there for the picture.\"\n",
        "[services.site]\nkind = \"s3\"\nallow = [\"unlinked-box\"]\nallow-reason = \"It is there for the picture.\"\n",
    ),
    warning(
        "no-reason",
        "A finding is allowed, and nobody says why. `allow-reason` stands in the Markdown, so that readers need not ask.",
        "[services.site]\nkind = \"s3\"\nallow = [\"unlinked-box\"]\n",
        "[services.site]\nkind = \"s3\"\nallow = [\"unlinked-box\"]\nallow-reason = \"It is there for the picture.\"\n",
    ),
    error(
        "unmet-requirement",
        "`diagram check` finds that the design is not what a requirement asks for. The help says why.",
        "[services.site]\nkind = \"s3\"\n\n[[requirements]]\ntext = \"Orders are kept in a relational store\"\n\
         check = \"has-relational-store\"\n",
        "[services.orders]\nkind = \"rds\"\nmulti-az = true\n\n[[requirements]]\ntext = \"Orders are kept in a relational store\"\n\
         check = \"has-relational-store\"\n",
    ),
    error(
        "bad-zones",
        "`azs` counts the availability zones of a region or names them, each once; elsewhere it picks from those that \
         the region has.",
        "[regions.us-east-1]\nazs = 0\n",
        "[regions.us-east-1]\nazs = 2\n",
    ),
    error(
        "bad-template",
        "The template of the Markdown can't be used: it can't be read, is no Tera template at this place, or uses what there is not. It stands in the \
         directory of the document or below, and includes only files of its own folder. `diagram describe --format json` prints \
         what it can use.",
        "",
        "",
    ),
    error(
        "bad-icon",
        "The file of an icon is no SVG or PNG that can be drawn, or can't be read. It is named relative to the \
         document and stands in its directory or below; nothing is fetched from the web.",
        "[services.site]\nkind = \"s3\"\nicon = \"../site.svg\"\n",
        "[services.site]\nkind = \"s3\"\nicon = \"AmazonSimpleStorageServiceBucket\"\n",
    ),
    error(
        "unknown-icon",
        "No icon has this name, and it is no path of a file. `diagram icons WORDS` searches the names.",
        "[services.site]\nkind = \"s3\"\nicon = \"no-such-icon\"\n",
        "[services.site]\nkind = \"s3\"\n",
    ),
    error(
        "missing-kind",
        "A service or an external needs a `kind`: it says which icon is drawn and where the box belongs.",
        "[services.site]\nname = \"Site\"\n",
        "[services.site]\nkind = \"s3\"\nname = \"Site\"\n",
    ),
    error(
        "unknown-kind",
        "The catalogue has no such kind, and `[icons]` does not declare it. `diagram icons WORDS` searches the \
         catalogue; `kind = \"generic\"` is a plain box.",
        "[services.site]\nkind = \"lamda\"\n",
        "[services.site]\nkind = \"lambda\"\n",
    ),
    error(
        "unknown-id",
        "A link, a step, an `in`, an `at` or a `members` names an id that no entry has.",
        "[services.site]\nkind = \"s3\"\nin = \"nowhere\"\n",
        "[regions.us-east-1]\n\n[services.site]\nkind = \"s3\"\nin = \"us-east-1\"\n",
    ),
    error(
        "unknown-place",
        "Behind the `@`, or in `azs`, stands a place that the box has no copy in.",
        "[services.site]\nkind = \"s3\"\n\n[flows.main]\nsteps = [\"site@z -> site\"]\n",
        "[services.site]\nkind = \"s3\"\n\n[flows.main]\nsteps = [\"site -> site\"]\n",
    ),
    error(
        "ambiguous-place",
        "A place is named that there is more than once, such as the zone `a` where two VPCs have one.",
        "[regions.us-east-1]\nazs = 2\n\n[vpcs.one]\nin = \"us-east-1\"\n\n[vpcs.two]\nin = \"us-east-1\"\n\n\
         [services.api]\nkind = \"ec2\"\nin = \"us-east-1a\"\n",
        "[regions.us-east-1]\nazs = 2\n\n[vpcs.one]\nin = \"us-east-1\"\n\n[vpcs.two]\nin = \"us-east-1\"\n\n\
         [services.api]\nkind = \"ec2\"\nin = \"us-east-1a@one\"\n",
    ),
    error(
        "not-a-container",
        "`in` names a box that can't hold others: a service, an external, or a group that is drawn around `members`; or `at` of a note \
         names a note.",
        "[services.a]\nkind = \"s3\"\n\n[services.b]\nkind = \"s3\"\nin = \"a\"\n",
        "[groups.a]\n\n[services.b]\nkind = \"s3\"\nin = \"a\"\n",
    ),
    error(
        "unknown-tag",
        "A view names a tag that no box has.",
        "[services.a]\nkind = \"s3\"\ntags = [\"pci\"]\n\n[views.cards]\nonly = [\"tag:pic\"]\n",
        "[services.a]\nkind = \"s3\"\ntags = [\"pci\"]\n\n[views.cards]\nonly = [\"tag:pci\"]\n",
    ),
    error(
        "unknown-check",
        "A requirement names a rule that `diagram check` does not know. Without `check`, it is left to the reader.",
        "[services.a]\nkind = \"s3\"\n\n[[requirements]]\ntext = \"It scales\"\ncheck = \"scale-out\"\n",
        "[services.a]\nkind = \"s3\"\n\n[[requirements]]\ntext = \"It scales\"\ncheck = \"scales-out\"\n",
    ),
    error(
        "bad-like",
        "`like` names a box of another table, or a box that is like this one: then there is nothing to take over.",
        "[services.a]\nkind = \"s3\"\nlike = \"a\"\n",
        "[services.a]\nkind = \"s3\"\n",
    ),
    error(
        "containment-cycle",
        "A box is inside itself, directly or through others.",
        "[groups.a]\nin = \"b\"\n\n[groups.b]\nin = \"a\"\n",
        "[groups.a]\n\n[groups.b]\nin = \"a\"\n",
    ),
    error("too-deep", "Boxes are nested deeper than any picture can show: at most 64 levels.", "", ""),
    error("too-many-boxes", "Replication (zones, lists in `in`) makes more boxes than any picture can show.", "", ""),
    error("too-many-links", "Replication makes more links than any picture can show.", "", ""),
    error(
        "picture-too-large",
        "A PNG would have more than 16,384 pixels on a side, or 100 million in all: hardly anything could open it. The \
         message says which `--scale` fits; the SVG has no such limit.",
        "",
        "",
    ),
    warning(
        "unusual-nesting",
        "AWS has nothing of this kind there: a region is in no VPC. It is drawn as written.",
        "[vpcs.main]\n\n[regions.us-east-1]\nin = \"main\"\n",
        "[regions.us-east-1]\n\n[vpcs.main]\nin = \"us-east-1\"\n",
    ),
    warning(
        "unknown-region",
        "The id of a region looks like a region's code, but AWS has none of that name, so that no display name is known.",
        "[regions.us-est-1]\n",
        "[regions.us-east-1]\n",
    ),
    warning(
        "unknown-zone",
        "AWS has no availability zone of this letter, or not as many, in this region. It is drawn as written: in some \
         regions older accounts have other letters.",
        "[regions.eu-west-1]\nazs = 4\n",
        "[regions.eu-west-1]\nazs = 3\n",
    ),
    warning(
        "no-effect",
        "Something is written that changes nothing, so that it is probably not meant.",
        "[services.table]\nkind = \"dynamodb\"\nmulti-az = true\n",
        "[services.table]\nkind = \"dynamodb\"\n",
    ),
    warning(
        "too-few-zones",
        "A Multi-AZ store does not stand in two availability zones, so that it can't have a standby in another.",
        "[vpcs.main]\n\n[subnets.data]\nin = \"main\"\n\n[services.db]\nkind = \"rds\"\nin = \"data\"\nmulti-az = true\n",
        "[regions.us-east-1]\nazs = 2\n\n[vpcs.main]\nin = \"us-east-1\"\n\n[subnets.data]\nin = \"main\"\n\n\
         [services.db]\nkind = \"rds\"\nin = \"data\"\nmulti-az = true\n",
    ),
    warning(
        "shared-cidr",
        "One CIDR block is given to subnets in several zones; each subnet has its own.",
        "[regions.us-east-1]\nazs = 2\n\n[vpcs.main]\nin = \"us-east-1\"\n\n[subnets.app]\nin = \"main\"\ncidr = \"10.0.0.0/24\"\n",
        "[regions.us-east-1]\nazs = 2\n\n[vpcs.main]\nin = \"us-east-1\"\n\n[subnets.app]\nin = \"main\"\n\
         cidrs = { a = \"10.0.0.0/25\", b = \"10.0.0.128/25\" }\n",
    ),
    warning(
        "overlapping-cidr",
        "Two subnets of a VPC, or two linked VPCs, have addresses in common: nothing could be routed to both. VPCs are \
         linked directly or over a transit gateway.",
        "[vpcs.main]\ncidr = \"10.0.0.0/16\"\n\n[subnets.app]\nin = \"main\"\ncidr = \"10.0.0.0/20\"\n\n[subnets.data]\n\
         in = \"main\"\ncidr = \"10.0.8.0/24\"\n",
        "[vpcs.main]\ncidr = \"10.0.0.0/16\"\n\n[subnets.app]\nin = \"main\"\ncidr = \"10.0.0.0/20\"\n\n[subnets.data]\n\
         in = \"main\"\ncidr = \"10.0.16.0/24\"\n",
    ),
    warning(
        "cidr-outside-vpc",
        "The block of a subnet is not inside that of its VPC.",
        "[vpcs.main]\ncidr = \"10.0.0.0/16\"\n\n[subnets.app]\nin = \"main\"\ncidr = \"10.1.0.0/24\"\n",
        "[vpcs.main]\ncidr = \"10.0.0.0/16\"\n\n[subnets.app]\nin = \"main\"\ncidr = \"10.0.1.0/24\"\n",
    ),
    warning(
        "cidr-host-bits",
        "A CIDR block is written with an address inside it instead of its first one.",
        "[vpcs.main]\ncidr = \"10.0.3.0/16\"\n",
        "[vpcs.main]\ncidr = \"10.0.0.0/16\"\n",
    ),
    warning(
        "cidr-size",
        "AWS has no VPC or subnet of this size: IPv4 prefixes are /16 to /28, IPv6 prefixes /44 to /60 of VPCs and to /64 of \
         subnets. With `cloud = false` the picture is not of AWS, and other sizes are fine.",
        "[vpcs.main]\ncidr = \"10.0.0.0/8\"\n",
        "[vpcs.main]\ncidr = \"10.0.0.0/16\"\n",
    ),
    warning(
        "empty-view",
        "A view shows nothing: what `only` names is taken away by `without`, or there is nothing of the kind.",
        "[services.a]\nkind = \"s3\"\n\n[views.none]\nonly = [\"a\"]\nwithout = [\"a\"]\n",
        "[services.a]\nkind = \"s3\"\n\n[views.one]\nonly = [\"a\"]\n",
    ),
    warning(
        "layout-compromise",
        "A line, a text or the border of a group could not be placed as it should be; look at it before you publish.",
        "",
        "",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_kebab_case_and_stands_once() {
        for (index, code) in CODES.iter().enumerate() {
            assert!(
                code.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
                "{}",
                code.name
            );
            assert!(CODES[..index].iter().all(|other| other.name != code.name), "{} stands twice", code.name);
        }
    }

    #[test]
    fn every_explanation_is_a_paragraph() {
        for code in CODES {
            assert!(code.meaning.ends_with('.') && !code.meaning.contains("  "), "{}", code.name);
            assert_eq!(code.wrong.is_empty(), code.right.is_empty(), "{}", code.name);
        }
    }
}
