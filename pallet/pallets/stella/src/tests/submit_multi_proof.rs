use crate::{commp, mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok};
use std::collections::BTreeSet;

/// The usual piece proven for a deal, each node once.
fn multi_proof(id: u64) -> MultiProof {
    Tree::usual().multi_proof(seed(id), id)
}

fn submit(id: u64, proof: MultiProof) -> sp_runtime::DispatchResult {
    plain(Stella::submit_multi_proof(signed(deal(id).store), id, proof))
}

#[test]
fn starts_and_pays_a_deal_like_separate_paths() {
    chain(|| {
        let id = accepted_deal();
        run_to(2);
        assert_ok!(submit(id, multi_proof(id)));
        assert_eq!((deal(id).state, deal(id).deadline), (DealState::Active, 2 + PERIOD));
        run_to(window_start(id));

        assert_ok!(submit(id, multi_proof(id)));

        assert_eq!(deal(id).paid_periods, 1);
        assert!(heard(Event::ProofAccepted { deal: id, store: STORE, period: 0, paid: PERIOD_PRICE }));
        assert_noop!(submit(id, multi_proof(id)), Error::<Test>::AlreadyProven);
    });
}

#[test]
fn a_false_leaf_or_node_is_a_fault() {
    for damage in
        [(|proof: &mut MultiProof| proof.leaves[0][0] ^= 1) as fn(&mut MultiProof), |proof| proof.nodes[0][0] ^= 1]
    {
        chain(|| {
            let id = active_deal();
            run_to(window_start(id));
            let mut proof = multi_proof(id);
            damage(&mut proof);

            assert_ok!(submit(id, proof));

            assert_eq!((deal(id).faults, deal(id).period), (1, 1));
            assert!(heard(Event::ProofRejected { deal: id, store: STORE, period: 0 }));
        });
    }
}

#[test]
fn refuses_too_many_and_too_few_leaves_and_nodes() {
    chain(|| {
        let id = active_deal();
        run_to(window_start(id));
        for damage in [
            (|proof: &mut MultiProof| proof.nodes.force_push([0; 32])) as fn(&mut MultiProof),
            |proof| proof.nodes.truncate(proof.nodes.len() - 1),
            |proof| proof.leaves.truncate(proof.leaves.len() - 1),
            |proof| proof.leaves = Default::default(),
            |proof| proof.nodes = Default::default(),
        ] {
            let mut proof = multi_proof(id);
            damage(&mut proof);
            assert_noop!(submit(id, proof), Error::<Test>::MalformedProof);
        }
    });
}

#[test]
fn refuses_what_a_plain_proof_is_refused_for() {
    chain(|| {
        let id = active_deal();
        assert_noop!(submit(id, multi_proof(id)), Error::<Test>::OutsideWindow);
        run_to(window_start(id));
        let stale = MultiProof { seed: [1; 32], ..multi_proof(id) };
        assert_noop!(submit(id, stale), Error::<Test>::StaleSeed);
        let proof = multi_proof(id);
        assert_noop!(Stella::submit_multi_proof(signed(OTHER), id, proof.clone()), Error::<Test>::NotTheStore);
        assert_noop!(Stella::submit_multi_proof(signed(STORE), 9, proof), Error::<Test>::NoSuchDeal);
    });
}

#[test]
fn every_set_of_leaves_folds_to_the_root_and_no_other_count_of_nodes_does() {
    let tree = Tree::usual();
    for set in 1u32..1 << 8 {
        // Every set of the eight leaves at even and odd places of the sixteen.
        let indices: BTreeSet<u64> = (0..8).filter(|bit| set >> bit & 1 == 1).map(|bit| bit * 2 + (bit & 1)).collect();
        let indices: Vec<u64> = indices.into_iter().collect();
        let (leaves, nodes) = tree.shared(&indices);
        let root = |nodes: &[[u8; 32]]| commp::multi_root(4, &indices, &leaves, nodes);

        assert_eq!(root(&nodes), Some(tree.piece().root), "{indices:?}");
        assert_eq!(root(&[&nodes[..], &[[0; 32]]].concat()), None);
        if !nodes.is_empty() {
            assert_eq!(root(&nodes[1..]), None);
        }
    }
    assert_eq!(commp::multi_root(4, &[], &[], &[]), None);
}

#[test]
fn is_shorter_than_separate_paths() {
    chain(|| {
        let id = active_deal();
        run_to(window_start(id));
        let nodes: usize = Tree::usual().proof(seed(id), id).answers.iter().map(|answer| answer.path.len()).sum();

        assert!(multi_proof(id).nodes.len() < nodes);
    });
}
