#![allow(clippy::unwrap_used)]

use super::{ANYWHERE, Edge, Flow, Gaps, Item, Options, Placed, align, place};
use proptest::prelude::*;

const GAPS: Gaps = Gaps { across: 40, along: 44, lane: 14 };

fn leaf() -> Item {
    Item { extent: 64, depth: 84, axis: 32, lead: 32, container: false, tier: None, bias: None, pull: None }
}

fn container(extent: i32, depth: i32) -> Item {
    Item { extent, depth, axis: extent / 2, lead: 0, container: true, tier: None, bias: None, pull: None }
}

fn edge(items: &[Item], from: usize, to: usize) -> Edge {
    Edge { from, to, weight: 1, from_port: items[from].axis, to_port: items[to].axis, label_along: 0, label_across: 0 }
}

fn edges(items: &[Item], pairs: &[(usize, usize)]) -> Vec<Edge> {
    pairs.iter().map(|&(from, to)| edge(items, from, to)).collect()
}

fn layout(items: &[Item], pairs: &[(usize, usize)]) -> Placed {
    place(items, &edges(items, pairs), GAPS, Options::default())
}

/// The axis of an item across the flow.
fn axis(items: &[Item], placed: &Placed, item: usize) -> i32 {
    placed.across[item] + items[item].axis
}

/// Two items that overlap or stand too close together.
fn too_close(items: &[Item], placed: &Placed) -> Option<(usize, usize)> {
    let gap = GAPS.across.min(GAPS.along);
    let apart = |a: i32, length_a: i32, b: i32, length_b: i32| a + length_a + gap <= b || b + length_b + gap <= a;
    (0..items.len()).flat_map(|a| (0..a).map(move |b| (a, b))).find(|&(a, b)| {
        !apart(placed.across[a], items[a].extent, placed.across[b], items[b].extent)
            && !apart(placed.along[a], items[a].depth, placed.along[b], items[b].depth)
    })
}

#[test]
fn nothing_has_no_size() {
    assert_eq!(layout(&[], &[]).size, (0, 0));
    let unknown = Edge { to: 7, ..edge(&[leaf()], 0, 0) };
    assert_eq!(place(&[leaf()], &[unknown, edge(&[leaf()], 0, 0)], GAPS, Options::default()).size, (64, 84));
}

#[test]
fn a_chain_is_straight() {
    let items = [leaf(), Item { extent: 110, axis: 55, ..leaf() }, container(300, 200), leaf()];
    let placed = layout(&items, &[(0, 1), (1, 2), (2, 3)]);
    let axes: Vec<i32> = (0..4).map(|item| axis(&items, &placed, item)).collect();
    assert_eq!(axes, [150; 4]);
    assert_eq!(placed.along, [0, 84 + 44, 2 * (84 + 44), 2 * (84 + 44) + 244]);
    assert_eq!(placed.size, (300, 2 * (84 + 44) + 244 + 84));
}

#[test]
fn a_fan_of_three_is_symmetric_around_its_straight_middle() {
    let items = [leaf(); 4];
    let placed = layout(&items, &[(0, 1), (0, 2), (0, 3)]);
    assert_eq!(placed.across, [104, 0, 104, 208]);
}

#[test]
fn a_fan_of_two_has_its_handle_in_the_middle() {
    let items = [leaf(); 3];
    assert_eq!(layout(&items, &[(0, 1), (0, 2)]).across, [52, 0, 104]);
    assert_eq!(layout(&items, &[(0, 2), (1, 2)]).across, [0, 104, 52]);
}

#[test]
fn a_diamond_is_symmetric() {
    let items = [leaf(); 4];
    let placed = layout(&items, &[(0, 1), (0, 2), (1, 3), (2, 3)]);
    assert_eq!(placed.across, [52, 0, 104, 52]);
}

#[test]
fn the_main_line_stays_straight_past_a_side_branch() {
    // 0 -> 1 -> 2 -> 3 with a leaf beside 2, and with a heavy branch after a light one.
    let items = [leaf(); 5];
    let placed = layout(&items, &[(0, 1), (1, 2), (2, 3), (1, 4)]);
    assert_eq!(placed.across[..4], [placed.across[0]; 4]);
    let mut links = edges(&items, &[(0, 1), (0, 2), (0, 3)]);
    links[2].weight = 8;
    let placed = place(&items, &links, GAPS, Options::default());
    assert_eq!(placed.across[0], placed.across[3]);
}

#[test]
fn an_edge_past_a_rank_leaves_room_beside_it() {
    let items = [leaf(); 3];
    let placed = layout(&items, &[(0, 1), (1, 2), (0, 2)]);
    assert_eq!(placed.ranks, [0, 1, 2]);
    assert_eq!(placed.crossings, 0);
    assert_eq!(placed.size.0, 64 + 14 + 14, "a lane and its clearance belong to the size");
}

#[test]
fn a_cycle_is_cut_where_it_was_declared_last() {
    let items = [leaf(); 3];
    assert_eq!(layout(&items, &[(0, 1), (1, 2), (2, 0)]).ranks, [0, 1, 2]);
    let mut links = edges(&items, &[(0, 1), (1, 2), (2, 0)]);
    links[2].weight = 5;
    assert_eq!(place(&items, &links, GAPS, Options::default()).ranks, [1, 2, 0]);
}

#[test]
fn tiers_come_before_links() {
    let tier = |tier| Item { tier: Some(tier), ..leaf() };
    // Linked against its tiers, through an item without one; and one of a tier that is not linked at all.
    let items = [tier(60), leaf(), tier(30), tier(30), tier(90)];
    let placed = layout(&items, &[(0, 1), (1, 2)]);
    assert!(placed.ranks[2] < placed.ranks[0] && placed.ranks[3] < placed.ranks[0]);
    assert!(placed.ranks[0] < placed.ranks[4]);
}

#[test]
fn sources_stand_next_to_what_they_feed() {
    let items = [leaf(); 5];
    let placed = layout(&items, &[(0, 1), (1, 2), (2, 3), (4, 3)]);
    assert_eq!(placed.ranks, [0, 1, 2, 3, 2]);
}

#[test]
fn the_serverless_graph_has_no_crossings_and_is_mostly_straight() {
    // clients, cdn, site, login, api, orders, catalog, table, bus, queue, mailer, mail
    let items: Vec<Item> = [64, 110, 64, 92, 78, 110, 64, 98, 72, 64, 110, 64]
        .map(|extent| Item { extent, axis: extent / 2, ..leaf() })
        .to_vec();
    let pairs = [
        (0, 1),
        (1, 2),
        (1, 4),
        (0, 3),
        (4, 3),
        (4, 5),
        (4, 6),
        (5, 7),
        (6, 7),
        (5, 8),
        (8, 9),
        (9, 10),
        (10, 11),
        (10, 7),
    ];
    let placed = layout(&items, &pairs);
    assert_eq!(placed.crossings, 0);
    let straight = pairs.iter().filter(|&&(a, b)| axis(&items, &placed, a) == axis(&items, &placed, b)).count();
    assert!(straight >= 8, "{straight} of 14 straight");
}

#[test]
fn leaves_stand_on_one_line_and_containers_at_the_entry() {
    let items = [leaf(), Item { lead: 50, depth: 100, ..leaf() }, leaf(), container(200, 300)];
    let placed = layout(&items, &[(0, 1), (0, 2), (0, 3)]);
    assert_eq!(placed.along[3], 84 + 44);
    assert_eq!(placed.along[1], 84 + 44);
    assert_eq!(placed.along[1] + 50, placed.along[2] + 32);
}

#[test]
fn an_item_leaves_a_rank_that_a_tall_neighbour_pushed_away() {
    let items = [leaf(), container(200, 600), leaf(), leaf(), leaf()];
    let placed = layout(&items, &[(0, 1), (0, 2), (1, 3), (2, 4)]);
    assert_eq!(placed.ranks[3], placed.ranks[4]);
    assert_eq!(placed.along[4], 2 * (84 + 44));
    assert_eq!(placed.along[3], 84 + 44 + 600 + 44);
}

#[test]
fn items_in_given_ranks_are_aligned_and_nothing_is_set_aside() {
    let items = [leaf(); 5];
    // Two bands with an empty one between them; 4 is not linked at all.
    let starts = align(&items, &[0, 2, 0, 2, 2], &edges(&items, &[(0, 1), (3, 2), (0, 2)]), GAPS);
    assert_eq!(starts[0], starts[1]);
    assert_eq!(starts[2], starts[3]);
    assert!(starts[4] >= starts[3] + 104 || starts[4] + 104 <= starts[1] || starts[4] + 104 <= starts[3]);
    assert!(align(&[], &[], &[], GAPS).is_empty());
}

#[test]
fn a_line_to_a_border_goes_on_in_the_line_behind() {
    let items = [leaf(), container(300, 200), leaf(), container(100, 100)];
    let mut links = edges(&items, &[(0, 1), (1, 2), (2, 3)]);
    links[0].to_port = ANYWHERE;
    links[1].from_port = 60;
    links[2].to_port = ANYWHERE;
    let placed = place(&items, &links, GAPS, Options::default());
    let axes: Vec<i32> = [0, 2, 3].map(|item| axis(&items, &placed, item)).to_vec();
    assert_eq!(axes, [placed.across[1] + 60; 3]);
}

#[test]
fn a_label_widens_its_gap() {
    let items = [leaf(); 2];
    let links = [Edge { label_along: 120, label_across: 20, ..edge(&items, 0, 1) }];
    assert_eq!(place(&items, &links, GAPS, Options::default()).along[1], 84 + 120);
}

#[test]
fn unlinked_items_make_a_tidy_grid_read_row_by_row() {
    let items = [leaf(); 7];
    let down = layout(&items, &[]);
    assert_eq!(down.order, [vec![0, 1, 2, 3], vec![4, 5, 6]]);
    let right = place(&items, &[], GAPS, Options { flow: Flow::Right, ..Options::default() });
    let in_picture: Vec<(i32, i32)> = right.along.iter().copied().zip(right.across.iter().copied()).collect();
    assert!(in_picture[0].1 == in_picture[1].1 && in_picture[0].0 < in_picture[1].0);
}

#[test]
fn parts_stand_side_by_side_and_unlinked_items_behind() {
    let items = [leaf(); 6];
    let placed = layout(&items, &[(0, 1), (3, 4)]);
    assert_eq!(placed.across[0], placed.across[1]);
    assert!(placed.across[3] >= placed.across[0] + 64 + 40);
    assert!(too_close(&items, &placed).is_none());
}

#[test]
fn partners_outside_decide_between_equal_orders() {
    let with = |bias| Item { bias: Some(bias), ..leaf() };
    let items = [leaf(), with(900), with(100), with(500)];
    let placed = layout(&items, &[(0, 1), (0, 2), (0, 3)]);
    assert_eq!(placed.order[1], [2, 3, 1]);
}

/// The least crossings over all orders of two rows.
fn least_crossings(upper: usize, lower: usize, pairs: &[(usize, usize)]) -> usize {
    fn permutations(count: usize) -> Vec<Vec<usize>> {
        if count == 0 {
            return vec![Vec::new()];
        }
        let shorter = permutations(count - 1);
        shorter.iter().flat_map(|p| (0..count).map(move |at| [&p[..at], &[count - 1], &p[at..]].concat())).collect()
    }
    let lower_orders = permutations(lower);
    permutations(upper)
        .iter()
        .flat_map(|up| lower_orders.iter().map(move |down| (up, down)))
        .map(|(up, down)| {
            let crosses = |&(a, b): &(usize, usize), &(c, d): &(usize, usize)| {
                (up[a] < up[c] && down[b] > down[d]) || (up[a] > up[c] && down[b] < down[d])
            };
            (0..pairs.len()).map(|i| (0..i).filter(|&j| crosses(&pairs[i], &pairs[j])).count()).sum()
        })
        .min()
        .unwrap()
}

#[test]
fn a_caterpillar_is_unrolled() {
    // Sweeps and sifting from declared and depth-first orders stop at one crossing here.
    let items: Vec<Item> = (0..8).map(|i| Item { tier: Some(u8::from(i >= 4)), ..leaf() }).collect();
    assert_eq!(layout(&items, &[(1, 4), (1, 5), (1, 6), (1, 7), (2, 6), (3, 4)]).crossings, 0);
}

fn item() -> impl Strategy<Value = Item> {
    let tier = prop_oneof![4 => Just(None), 1 => (0..3_u8).prop_map(Some)];
    let bias = prop_oneof![3 => Just(None), 1 => (0..2000_i64).prop_map(Some)];
    (any::<bool>(), 20..200_i32, 20..300_i32, tier, bias).prop_map(|(container, half, depth, tier, bias)| Item {
        extent: 2 * half,
        depth,
        axis: half,
        lead: if container { 0 } else { depth / 2 },
        container,
        tier,
        bias,
        pull: None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_two_items_touch_and_ranks_follow_the_edges(
        items in prop::collection::vec(item(), 1..24),
        raw in prop::collection::vec((0..24_usize, 0..24_usize, 0..5_i32, 0..99_i32), 0..40),
        right in any::<bool>(),
    ) {
        let links: Vec<Edge> = raw
            .iter()
            .filter(|(a, b, ..)| *a < items.len() && *b < items.len())
            .map(|&(from, to, weight, port)| Edge {
                weight,
                from_port: items[from].extent * port / 100,
                label_along: port,
                label_across: port / 2,
                ..edge(&items, from, to)
            })
            .collect();
        let options = Options { flow: if right { Flow::Right } else { Flow::Down }, ..Options::default() };
        let placed = place(&items, &links, GAPS, options);
        prop_assert_eq!(too_close(&items, &placed), None);
        for (index, item) in items.iter().enumerate() {
            prop_assert!(placed.across[index] >= 0 && placed.across[index] + item.extent <= placed.size.0);
            prop_assert!(placed.along[index] >= 0 && placed.along[index] + item.depth <= placed.size.1);
        }
        for link in links.iter().filter(|link| link.from != link.to) {
            prop_assert!(placed.ranks[link.from] != placed.ranks[link.to]);
        }
        for (a, b) in (0..items.len()).flat_map(|a| (0..items.len()).map(move |b| (a, b))) {
            if let (Some(first), Some(second)) = (items[a].tier, items[b].tier) && first < second {
                prop_assert!(placed.ranks[a] < placed.ranks[b]);
            }
        }
        let mut listed: Vec<usize> = placed.order.concat();
        listed.sort_unstable();
        prop_assert_eq!(listed, (0..items.len()).collect::<Vec<_>>());
        prop_assert_eq!(&placed, &place(&items, &links, GAPS, options));
    }

    #[test]
    fn edges_of_acyclic_graphs_all_point_onwards(
        raw in prop::collection::vec((0..20_usize, 0..20_usize), 1..40),
    ) {
        let items = [leaf(); 20];
        let pairs: Vec<(usize, usize)> = raw.into_iter().filter(|(a, b)| a < b).collect();
        let placed = layout(&items, &pairs);
        prop_assert!(pairs.iter().all(|&(a, b)| placed.ranks[a] < placed.ranks[b]));
    }

    #[test]
    fn small_bipartite_graphs_have_as_few_crossings_as_possible(
        raw in prop::collection::btree_set((0..4_usize, 0..4_usize), 1..10),
    ) {
        let items = [leaf(); 8];
        let pairs: Vec<(usize, usize)> = raw.into_iter().collect();
        // All that is linked hangs together by tiers, which also keep the rows as they are.
        let items: Vec<Item> =
            items.iter().enumerate().map(|(i, item)| Item { tier: Some(u8::from(i >= 4)), ..*item }).collect();
        let shifted: Vec<(usize, usize)> = pairs.iter().map(|&(a, b)| (a, b + 4)).collect();
        let placed = layout(&items, &shifted);
        prop_assert_eq!(placed.crossings, least_crossings(4, 4, &pairs));
    }
}

#[test]
fn a_long_chain_is_folded_into_rows_of_text() {
    let items = [leaf(); 14];
    let pairs: Vec<(usize, usize)> = (1..14).map(|i| (i - 1, i)).collect();
    let options = Options { flow: Flow::Right, ..Options::default() };
    let placed = place(&items, &edges(&items, &pairs), GAPS, options);
    // Width over height.
    assert!(placed.size.1 < 3 * placed.size.0, "{:?}", placed.size);
    assert_eq!(placed.along[0], 0);
    let second = (1..14).find(|&i| placed.along[i] < placed.along[i - 1]).unwrap();
    assert_eq!(placed.along[second], 0);
    assert_eq!(placed.across[second], placed.across[0] + 64 + 60);
    assert!(too_close(&items, &placed).is_none());
    let unfolded = place(&items, &edges(&items, &pairs), GAPS, Options { fold: false, ..options });
    assert_eq!(unfolded.size.0, 64);
}

#[test]
fn a_hub_stands_between_rows_of_containers() {
    let items: Vec<Item> = std::iter::once(leaf()).chain(std::iter::repeat_n(container(160, 160), 12)).collect();
    let pairs: Vec<(usize, usize)> = (1..13).map(|i| (0, i)).collect();
    let placed = layout(&items, &pairs);
    assert_eq!(placed.crossings, 0);
    assert!(placed.ranks[1] < placed.ranks[0] && placed.ranks[0] < placed.ranks[12]);
    assert!(2 * placed.size.0 < 5 * placed.size.1, "{:?}", placed.size);
    assert_eq!(placed.order.concat().into_iter().filter(|&i| i != 0).collect::<Vec<_>>(), (1..13).collect::<Vec<_>>());
}
