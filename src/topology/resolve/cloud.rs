//! The "AWS Cloud" box around everything of AWS, which nobody needs to write.

use super::containment::{Containment, Parent, Target};
use super::entries::{Entry, GENERAL, Nature};
use crate::catalogue::GroupStyle;
use crate::document::Table;
use crate::source::Spanned;

/// Puts services of AWS that stand nowhere into the cloud of the document, if it declares exactly one.
///
/// All else stays where its author said, and `cloud = false` says that nothing is to be added.
pub(super) fn adopt(entries: &[Entry], parents: &mut [Vec<Parent>], setting: Option<&Spanned<bool>>) {
    let mut clouds = entries.iter().enumerate().filter(|(_, entry)| is_cloud(entry));
    let (Some((cloud, _)), None) = (clouds.next(), clouds.next()) else { return };
    if setting.is_some_and(|drawn| !drawn.value) {
        return;
    }
    for (entry, parents) in entries.iter().zip(parents) {
        let global = of_itself(entry) == Membership::Certain;
        if entry.table() == Table::Services && global && entry.written.within.is_empty() {
            parents.push(Parent { target: Target::Entry(cloud), places: Vec::new(), span: entry.written.id.span });
        }
    }
}

/// How sure it is that an entry is of AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Membership {
    /// It is not.
    Foreign,
    /// It is, when the picture is one of AWS at all: plain boxes and own kinds among the services.
    Presumed,
    /// It is.
    Certain,
}

/// Which entries at the top stand in the implied cloud; `None` when there is none to draw.
pub(super) fn implied(
    entries: &[Entry],
    containment: &Containment,
    setting: Option<&Spanned<bool>>,
) -> Option<Vec<bool>> {
    if entries.iter().any(is_cloud) || setting.is_some_and(|drawn| !drawn.value) {
        return None;
    }
    let mut membership: Vec<Membership> = entries.iter().map(of_itself).collect();
    for &index in containment.order.iter().rev() {
        for parent in &containment.parents[index] {
            if let Target::Entry(outer) = parent.target
                && membership[index] == Membership::Certain
                && !stands_outside(&entries[outer])
            {
                membership[outer] = Membership::Certain;
            }
        }
    }
    let at_top = |index: usize| entries[index].written.within.is_empty();
    (0..entries.len())
        .any(|index| at_top(index) && membership[index] == Membership::Certain)
        .then(|| (0..entries.len()).map(|index| at_top(index) && membership[index] != Membership::Foreign).collect())
}

/// What an entry is by itself, whatever it holds.
fn of_itself(entry: &Entry) -> Membership {
    match entry.nature {
        Nature::Leaf if entry.table() != Table::Services || entry.is_foreign() => Membership::Foreign,
        Nature::Leaf => match entry.service {
            Some(service) if service.category != GENERAL => Membership::Certain,
            _ => Membership::Presumed,
        },
        Nature::Overlay(_) | Nature::Container(GroupStyle::Generic | GroupStyle::IotGreengrass) => Membership::Foreign,
        Nature::Container(_) if stands_outside(entry) => Membership::Foreign,
        Nature::Container(_) => Membership::Certain,
    }
}

/// Whether an entry is a cloud: of the table, or a group of that kind.
fn is_cloud(entry: &Entry) -> bool {
    entry.nature == Nature::Container(GroupStyle::Cloud)
}

/// Whether a container stands outside the cloud whatever it holds.
fn stands_outside(entry: &Entry) -> bool {
    matches!(entry.nature, Nature::Container(GroupStyle::CorporateDataCenter | GroupStyle::ServerContents))
        || entry.is_foreign()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{topology, tree};

    #[test]
    fn what_is_of_aws_stands_in_the_cloud() {
        let text = "[externals.u]\nkind='users'\n[services.dns]\nkind='route53'\n[services.own]\nkind='generic'\n\
                    [groups.dc]\nkind='corporate-datacenter'\n[services.old]\nkind='ec2'\nin='dc'\n\
                    [groups.mixed]\n[services.s]\nkind='s3'\nin='mixed'\n[groups.other]\n[externals.v]\nkind='users'\nin='other'\n\
                    [services.w]\nkind='users'";
        assert_eq!(
            tree(&topology(text)),
            [
                "@cloud",
                "u",
                "dns < @cloud",
                "own < @cloud",
                "dc",
                "old < dc",
                "mixed < @cloud",
                "s < mixed",
                "other",
                "v < other",
                "w"
            ]
        );
    }

    #[test]
    fn there_may_be_none() {
        assert_eq!(tree(&topology("[diagram]\ncloud=false\n[services.dns]\nkind='route53'")), ["dns"]);
        assert_eq!(tree(&topology("[groups.g]\n[externals.u]\nkind='users'\nin='g'")), ["g", "u < g"]);
    }

    #[test]
    fn a_declared_cloud_adopts_services_only() {
        let text = "[services.dns]\nkind='route53'\n[regions.us-east-1]\n[clouds.c]\n";
        assert_eq!(tree(&topology(text)), ["us-east-1", "c", "dns < c"]);
        assert_eq!(tree(&topology(&format!("[diagram]\ncloud=false\n{text}"))), ["dns", "us-east-1", "c"]);
        assert_eq!(tree(&topology(&format!("{text}[clouds.d]"))), ["dns", "us-east-1", "c", "d"]);
    }
}
