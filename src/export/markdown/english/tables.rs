//! The words of English tables.

use super::super::voice::Labels;

pub(super) const LABELS: Labels = Labels {
    regions: "Regions",
    networks: "Networks",
    subnets: "Subnets",
    services: "Services",
    outside: "Outside AWS",
    name: "Name",
    role: "Role",
    zones: "Zones",
    place: "Place",
    cidr: "CIDR",
    access: "Access",
    kind: "Kind",
    scaling: "Scaling",
    purpose: "Purpose",
    public: "public",
    private: "private",
    active: "active",
    passive: "passive",
    loss: "Without",
    everything: "everything",
    flow: "Flow",
    bound: "Bound",
    unknown: "Without a figure",
    figure: "Figure",
    conditions: "Conditions",
    source: "Source",
    stated: "stated by the author",
    failures: "What becomes of each flow when something fails: it *survives* if it loses nothing, is *degraded* if \
        it loses capacity or a standby, and is *down* if a step has no way left. Boxes are listed where a \
        flow cannot do without them.",
    assumptions: "The bounds rest on these figures, below which AWS gives credits for a month.",
    availability: "The most that can be expected of each flow, from the published commitments for its parts. It is a \
        bound and no promise: whatever has no figure, the author's own code and the links between the parts \
        can only lower it.",
};
