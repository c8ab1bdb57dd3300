//! Texts to begin with: each decodes and comes to something.

use crate::{chain::HEIGHT, *};
use frame_support::BoundedVec;
use pallet_stella::{commp, types::Outcome};
use std::collections::BTreeSet;
use stella_template_runtime::{
    example::{piece_of_zeros, request_for_zeros, CLIENT},
    BlockNumber, UNIT,
};

fn usual_ask() -> AskOf<Runtime> {
    Ask {
        price: 1,
        piece_size_min: 0,
        piece_size_max: u64::MAX,
        periods_max: 9,
        capacity: 1 << 40,
        tier: Tier::Hot,
        expires_at: BlockNumber::MAX,
    }
}

fn usual_verdicts() -> VerdictsOf<Runtime> {
    let outcomes = [Outcome::Ok { receipt: [1; 32] }, Outcome::WrongBytes, Outcome::Unreachable];
    let verdict = |outcome| Verdict { role: Role::Store, subject: STORE, item: 1, outcome };
    BoundedVec::truncate_from(outcomes.map(verdict).to_vec())
}

fn usual_changes() -> ChangesOf<Runtime> {
    let change = |role, weight| ReputationChange {
        role,
        account: INSPECTOR,
        score: 900_000,
        standing: Standing::Suspended,
        weight,
    };
    let entries = vec![change(Role::Fetch, 0), change(Role::Inspector, 1_000_000)];
    Changes { state: [1; 32], entries: BoundedVec::truncate_from(entries) }
}

fn usual_receipt() -> Receipt {
    Receipt { deal: 0, proof: proof_of_zeros(HEIGHT, [0; 32]).answers[0].clone() }
}

fn usual_archive() -> FilecoinDeal {
    FilecoinDeal { deal_id: 7, provider: 1_000, proposal: BoundedVec::truncate_from(vec![1; 36]) }
}

/// The true multi-proof for the challenge of deal 0. Every node of a level is the same, so only their number matters.
pub fn multi_proof_now() -> MultiProof {
    let seed = chain::challenge();
    let leaves = piece_of_zeros(HEIGHT).leaf_count();
    let mut known: BTreeSet<u64> = (0..5).map(|index| commp::challenged_leaf(&seed, 0, index, leaves)).collect();
    let shown = vec![[0; 32]; known.len()];
    let mut nodes = vec![];
    for level in proof_now().answers[0].path.iter() {
        nodes.extend(known.iter().filter(|index| !known.contains(&(**index ^ 1))).map(|_| *level));
        known = known.iter().map(|index| index >> 1).collect();
    }
    MultiProof { seed, leaves: BoundedVec::truncate_from(shown), nodes: BoundedVec::truncate_from(nodes) }
}

fn proof_now() -> PossessionProof {
    proof_of_zeros(HEIGHT, chain::challenge())
}

pub fn call() -> Vec<Vec<u8>> {
    let calls: Vec<Call<Runtime>> = vec![
        Call::register_role { role: Role::Fetch, endpoint: url(), operator: Some(CLIENT) },
        Call::update_endpoint { role: Role::Store, endpoint: url() },
        Call::leave_role { role: Role::Inspector },
        Call::withdraw_bond { role: Role::Store },
        Call::top_up_credits { amount: UNIT },
        Call::withdraw_credits { amount: UNIT },
        Call::publish_ask { ask: usual_ask() },
        Call::withdraw_ask {},
        Call::request_storage { request: request_for_zeros(HEIGHT, 2, 3, 5) },
        Call::cancel_request { request: 0 },
        Call::accept_deal { request: 1, price: UNIT },
        Call::submit_proof { deal: 0, proof: proof_now() },
        Call::commit_verdicts { epoch: 0, hash: [1; 32] },
        Call::reveal_verdicts { epoch: 0, salt: [1; 32], verdicts: usual_verdicts() },
        Call::attest_reputation { epoch: 0, digest: [1; 32], changes: Some(usual_changes()) },
        Call::top_up_with_asset { asset: 314, amount: UNIT, credits_min: 1 },
        Call::submit_multi_proof { deal: 0, proof: multi_proof_now() },
        Call::renew_deal { deal: 0, periods: 3 },
        Call::end_deal { deal: 0 },
        Call::record_archive { deal: 0, archive: usual_archive() },
        Call::disqualify { role: Role::Store, account: STORE, reason: BoundedVec::truncate_from(b"why".to_vec()) },
        Call::appeal { role: Role::Store },
        Call::question_verdict { epoch: 0, inspector: INSPECTOR, role: Role::Store, subject: STORE, item: 1 },
        Call::answer_question { question: 0, receipt: usual_receipt() },
        Call::confirm_operator { role: Role::Store, account: STORE },
        Call::set_anchors { inspectors: BoundedVec::truncate_from(vec![INSPECTOR]) },
    ];
    calls.into_iter().map(|call| RuntimeCall::from(call).encode()).collect()
}

pub fn extrinsic() -> Vec<Vec<u8>> {
    let bare = |bytes: Vec<u8>| RuntimeCall::decode(&mut &bytes[..]).map(UncheckedExtrinsic::new_bare);
    call().into_iter().filter_map(|bytes| bare(bytes).ok()).map(|extrinsic| extrinsic.encode()).collect()
}

pub fn possession_proof() -> Vec<Vec<u8>> {
    vec![proof_now().encode(), proof_of_zeros(50, [0; 32]).encode()]
}

pub fn verdicts() -> Vec<Vec<u8>> {
    vec![usual_verdicts().encode(), VerdictsOf::<Runtime>::default().encode()]
}

pub fn changes() -> Vec<Vec<u8>> {
    vec![usual_changes().encode()]
}

pub fn ask() -> Vec<Vec<u8>> {
    vec![usual_ask().encode()]
}

pub fn storage_request() -> Vec<Vec<u8>> {
    let largest = StorageRequest { piece: piece_of_zeros(50), ..request_for_zeros(2, 16, 1_000, u128::MAX) };
    vec![request_for_zeros(HEIGHT, 1, 3, 5).encode(), largest.encode()]
}

pub fn endpoint() -> Vec<Vec<u8>> {
    vec![url().encode(), Endpoint::truncate_from("https://höhe.example/ä?q=1#✓".into()).encode()]
}

pub fn multi_proof() -> Vec<Vec<u8>> {
    vec![multi_proof_now().encode()]
}

pub fn receipt() -> Vec<Vec<u8>> {
    vec![usual_receipt().encode()]
}

pub fn archive() -> Vec<Vec<u8>> {
    vec![usual_archive().encode()]
}
