//! Receipts against the vectors that nodes agree on.

use crate::{
    receipts::{digest, leaf, Inspected},
    types::*,
};
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../../../vectors/inspection.json")).expect("the vectors are JSON")
}

fn bytes<const LENGTH: usize>(hex: &Value) -> [u8; LENGTH] {
    let hex = hex.as_str().expect("hex is text");
    assert_eq!(hex.len(), 2 * LENGTH);
    core::array::from_fn(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).expect("hex has two digits a byte"))
}

fn role_and_account(hex: &Value) -> (Role, [u8; 32]) {
    let id: [u8; 33] = bytes(hex);
    let role = [Role::Store, Role::Fetch, Role::Inspector][usize::from(id[0])];
    (role, id[1..].try_into().unwrap())
}

#[test]
fn the_leaf_of_each_inspector_is_the_one_that_nodes_ask_for() {
    let vectors = vectors();
    let seed = bytes(&vectors["seed"]);
    let receipts = vectors["receipts"].as_array().unwrap();
    assert!(receipts.len() > 3);
    for receipt in receipts {
        let (role, inspector) = role_and_account(&receipt["inspector"]);
        assert_eq!(role, Role::Inspector);
        let (role, subject) = role_and_account(&receipt["subject"]);
        let item = receipt["item"].as_u64().unwrap() as u8;
        let inspected = Inspected { inspector: &inspector, role, subject: &subject, item };
        let leaves = receipt["leaves"].as_u64().unwrap();
        assert_eq!(leaf(&seed, &inspected, leaves), receipt["leaf"].as_u64().unwrap(), "{receipt}");
    }
}

#[test]
fn the_digest_is_the_one_that_nodes_commit_to() {
    let vector = &vectors()["receipt_digest"];
    let path: Vec<[u8; 32]> = vector["path"].as_array().unwrap().iter().map(bytes).collect();
    let proof = ProofAnswer { leaf: bytes(&vector["leaf"]), path: path.try_into().unwrap() };

    assert_eq!(digest(&proof), bytes(&vector["digest"]));
}
