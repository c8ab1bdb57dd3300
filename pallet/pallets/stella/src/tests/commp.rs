//! The tree against golden vectors of other implementations.

use crate::{commp, mock::Tree, types::*};
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../../../vectors/content.json")).expect("the vectors are JSON")
}

fn bytes(hex: &Value) -> [u8; 32] {
    let hex = hex.as_str().expect("hex is text");
    let byte = |at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).expect("hex has two digits a byte");
    core::array::from_fn(byte)
}

fn piece(vector: &Value) -> Piece {
    Piece {
        root: bytes(&vector["root_hex"]),
        height: vector["height"].as_u64().unwrap() as u8,
        padding: vector["padding"].as_u64().unwrap(),
    }
}

#[test]
fn challenges_are_those_of_pdp() {
    let pdp = &vectors()["pdp"];
    let seed = bytes(&pdp["challenge_seed_hex"]);
    let piece = piece(pdp);
    assert_eq!(piece.leaf_count(), pdp["leaf_count"].as_u64().unwrap());

    let challenges = pdp["challenges"].as_array().unwrap();
    assert_eq!(challenges.len(), 5);
    for challenge in challenges {
        let leaf = commp::challenged_leaf(&seed, 1, challenge["i"].as_u64().unwrap(), piece.leaf_count());
        assert_eq!(leaf, challenge["leaf_index"].as_u64().unwrap());
    }
}

#[test]
fn proofs_of_pdp_lead_to_the_root_and_nothing_near_them_does() {
    let pdp = &vectors()["pdp"];
    let piece = piece(pdp);
    for proof in pdp["proofs"].as_array().unwrap() {
        let index = proof["leaf_index"].as_u64().unwrap();
        let path: Vec<_> = proof["path"].as_array().unwrap().iter().map(bytes).collect();
        let answer = ProofAnswer { leaf: bytes(&proof["leaf"]), path: path.try_into().unwrap() };
        assert!(commp::leads_to_root(&piece, index, &answer));

        assert!(!commp::leads_to_root(&piece, index ^ 1, &answer));
        let mut other_leaf = answer.clone();
        other_leaf.leaf[0] ^= 1;
        assert!(!commp::leads_to_root(&piece, index, &other_leaf));
        let mut other_path = answer.clone();
        other_path.path[1][0] ^= 1;
        assert!(!commp::leads_to_root(&piece, index, &other_path));
    }
}

#[test]
fn empty_trees_have_the_roots_of_filecoin() {
    let vectors = vectors();
    let roots = vectors["zero_tree_roots"].as_array().unwrap();
    assert!(roots.len() > 30);
    for pair in roots.windows(2) {
        let below = bytes(&pair[0]);
        assert_eq!(commp::node(&below, &below), bytes(&pair[1]));
    }
}

#[test]
fn every_vector_with_data_is_a_valid_piece_of_its_size() {
    let vectors = vectors();
    for vector in vectors["commp"].as_array().unwrap() {
        let piece = piece(vector);
        let raw = vector["raw_size"].as_u64().unwrap();
        assert_eq!(piece.is_valid(), raw > 0);
        assert_eq!(piece.padded_size(), vector["padded_size"].as_u64().unwrap());
        assert_eq!(piece.raw_capacity() - piece.padding, raw);
        assert_eq!(piece.leaf_count(), (raw * 128).div_ceil(127 * 32));
    }
}

#[test]
fn an_inner_node_does_not_pass_for_a_leaf() {
    let tree = Tree::usual();
    let whole = tree.answer(6);
    let inner = ProofAnswer {
        leaf: commp::node(&whole.leaf, &whole.path[0]),
        path: whole.path[1..].to_vec().try_into().unwrap(),
    };

    assert!(commp::leads_to_root(&tree.piece(), 6, &whole));
    assert!(!commp::leads_to_root(&tree.piece(), 3, &inner));
    assert!(!commp::leads_to_root(&tree.piece(), 6, &inner));
}
