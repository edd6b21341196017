//! Icons: the bundled official set (`assets/icons/aws`), and a user's own.

mod bundled;
pub mod custom;
mod guard;

/// One icon, bundled or a user's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IconId {
    /// Index into the bundled set.
    Bundled(u16),
    /// Index into the [`CustomIcons`] of a document.
    Custom(u16),
}

/// How an icon is drawn, which decides its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IconShape {
    /// A square tile of its category's colour.
    Tile,
    /// A line drawing without a tile (resources, general icons).
    Line,
    /// The corner icon of a group.
    Group,
}

/// An icon that a user brought, made safe: what usvg kept of an SVG, or a PNG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomIcon {
    /// The name that the document gives it.
    pub name: String,
    /// A self-contained SVG document without scripts or outside references.
    pub svg: String,
}

/// The icons that a document brings along, addressed by [`IconId::Custom`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CustomIcons(pub Vec<CustomIcon>);

/// The bundled icon of that name (file name without its ending; capitals, spaces, hyphens and underscores do not matter).
///
/// Where two folders of the set hold an icon of one name, that name is the service's, and the other icon is called
/// `resource/NAME`. Every icon answers to `FOLDER/NAME`, too.
pub fn find(name: &str) -> Option<IconId> {
    bundled::find(name).map(IconId::Bundled)
}

/// Whether a word is meant as a file: names of the bundled set have no ending.
pub fn is_path(icon: &str) -> bool {
    let ending = icon.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["svg", "png"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Every bundled icon, sorted by name.
pub fn all() -> impl Iterator<Item = IconId> {
    (0..bundled::all().len()).map(|place| IconId::Bundled(place as u16))
}

/// The name of an icon.
pub fn name(id: IconId, custom: &CustomIcons) -> &str {
    match id {
        IconId::Bundled(place) => bundled::all()[usize::from(place)].name,
        IconId::Custom(place) => &custom.0[usize::from(place)].name,
    }
}

/// The name of an icon of the bundled set; of a user's own, nothing.
pub fn bundled_name(id: IconId) -> &'static str {
    match id {
        IconId::Bundled(place) => bundled::all()[usize::from(place)].name,
        IconId::Custom(_) => "",
    }
}

/// How a bundled icon is drawn; a user's own counts as a tile.
pub fn shape(id: IconId) -> IconShape {
    match id {
        IconId::Bundled(place) => bundled::all()[usize::from(place)].shape,
        IconId::Custom(_) => IconShape::Tile,
    }
}

/// The SVG document of an icon; its root has a `viewBox`.
pub fn svg(id: IconId, custom: &CustomIcons) -> String {
    match id {
        IconId::Bundled(place) => bundled::svg(place),
        IconId::Custom(place) => custom.0[usize::from(place)].svg.clone(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::catalogue;

    #[test]
    fn every_bundled_icon_parses_and_is_found_by_its_name() {
        for id in all() {
            let name = bundled_name(id);
            assert_eq!(find(name), Some(id), "{name}");
            let document = svg(id, &CustomIcons::default());
            assert!(document.contains("viewBox=\"0 0 "), "{name}");
            let tree = usvg::Tree::from_str(&document, &usvg::Options::default()).unwrap();
            assert!(tree.root().has_children(), "{name}");
        }
        assert_eq!(all().count(), 809);
    }

    #[test]
    fn names_are_read_loosely() {
        let lambda = find("AWSLambda");
        assert!(lambda.is_some());
        for name in ["awslambda", "AWS Lambda", "aws-lambda", "aws_lambda", "architecture-service/AWSLambda"] {
            assert_eq!(find(name), lambda, "{name}");
        }
        assert_eq!(find("no such icon"), None);
        assert_eq!(find(""), None);
    }

    #[test]
    fn tells_files_from_names() {
        assert!(is_path("a.svg") && is_path("icons/x.svg") && is_path("A.PNG"));
        assert!(!is_path("AmazonEC2") && !is_path("Amazon Route 53") && !is_path("resource/AWSLambda"));
    }

    #[test]
    fn icons_of_one_name_in_two_folders_are_told_apart() {
        let service = find("AmazonEC2AutoScaling").unwrap();
        let resource = find("resource/AmazonEC2AutoScaling").unwrap();
        assert_ne!(service, resource);
        assert_eq!(bundled_name(resource), "resource/AmazonEC2AutoScaling");
        assert_eq!((shape(service), shape(resource)), (IconShape::Tile, IconShape::Line));
    }

    #[test]
    fn shapes_follow_the_folders() {
        assert_eq!(shape(find("AmazonVPCNATGateway").unwrap()), IconShape::Line);
        assert_eq!(shape(find("Publicsubnet").unwrap()), IconShape::Group);
        assert_eq!(shape(find("Compute").unwrap()), IconShape::Tile);
        assert_eq!(shape(IconId::Custom(0)), IconShape::Tile);
    }

    #[test]
    fn every_icon_is_in_the_set() {
        for entry in catalogue::services() {
            let Some(icon) = entry.icon else {
                assert_eq!(entry.kind, "generic");
                continue;
            };
            let id = find(icon).unwrap();
            assert_eq!(name(id, &CustomIcons::default()), icon, "{}", entry.kind);
        }
        for icon in catalogue::groups().iter().filter_map(|group| group.icon) {
            assert!(find(icon).is_some(), "{icon}");
        }
    }

    #[test]
    fn services_are_tiles_and_things_in_a_network_are_drawings() {
        let shape = |kind: &str| super::shape(find(catalogue::service(kind).unwrap().icon.unwrap()).unwrap());
        for kind in ["lambda", "s3", "rds", "route53", "cloudfront", "ecs", "dynamodb", "sqs", "waf"] {
            assert_eq!(shape(kind), IconShape::Tile, "{kind}");
        }
        for kind in
            ["ec2", "alb", "nat-gateway", "internet-gateway", "users", "client", "vpc-endpoint", "management-console"]
        {
            assert_eq!(shape(kind), IconShape::Line, "{kind}");
        }
    }
}
