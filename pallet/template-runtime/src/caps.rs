//! Every cap is usable: the largest call of each kind and the fullest slot of the agenda fit their share of a block.

use crate::{example::*, stella::HookWeight, Balance, BlockNumber, BlockWeights, Runtime, RuntimeCall};
use codec::Encode;
use frame_support::{
    dispatch::{DispatchClass, GetDispatchInfo},
    traits::Get,
    BoundedVec,
};
use pallet_stella::{types::*, Call, Config, WeightInfo};

type Weights = <Runtime as Config>::WeightInfo;

/// The call of each kind that is longest and heaviest.
fn largest_calls() -> Vec<Call<Runtime>> {
    let text = || Endpoint::truncate_from(vec![b'a'; 128]);
    let cid = || ContentId::truncate_from(vec![1; 64]);
    let height = Piece::HEIGHT_MAX;
    let answer = proof_of_zeros(height, [0; 32]).answers[0].clone();
    let verdict = Verdict { role: Role::Store, subject: STORE, item: 0, outcome: Outcome::Ok { receipt: [0; 32] } };
    let change =
        ReputationChange { role: Role::Store, account: STORE, score: 0, standing: Standing::Trusted, weight: 0 };
    let ask = Ask {
        price: Balance::MAX,
        piece_size_min: u64::MAX,
        piece_size_max: u64::MAX,
        periods_max: u32::MAX,
        capacity: u64::MAX,
        tier: Tier::Hot,
        expires_at: BlockNumber::MAX,
    };
    let request = StorageRequest { content: cid(), source: text(), ..request_for_zeros(height, 16, 9, Balance::MAX) };
    let changes =
        Changes { state: [0; 32], entries: vec![change; max::<<Runtime as Config>::MaxChanges>()].try_into().unwrap() };
    let verdicts = vec![verdict; max::<<Runtime as Config>::MaxVerdicts>()].try_into().unwrap();
    let multi = MultiProof {
        seed: [0; 32],
        leaves: BoundedVec::truncate_from(vec![[0; 32]; 5]),
        nodes: BoundedVec::truncate_from(vec![[0; 32]; 250]),
    };
    let (amount, deal, periods) = (Balance::MAX, u64::MAX, u32::MAX);
    let role = Role::Inspector;
    vec![
        Call::register_role { role, endpoint: text(), operator: Some(CLIENT) },
        Call::update_endpoint { role, endpoint: text() },
        Call::leave_role { role },
        Call::withdraw_bond { role },
        Call::top_up_credits { amount },
        Call::withdraw_credits { amount },
        Call::top_up_with_asset { asset: u32::MAX, amount, credits_min: amount },
        Call::publish_ask { ask },
        Call::withdraw_ask {},
        Call::request_storage { request },
        Call::cancel_request { request: deal },
        Call::accept_deal { request: deal, price: amount },
        Call::submit_proof { deal, proof: proof_of_zeros(height, [0; 32]) },
        Call::submit_multi_proof { deal, proof: multi },
        Call::renew_deal { deal, periods },
        Call::end_deal { deal },
        Call::commit_verdicts { epoch: periods, hash: [0; 32] },
        Call::reveal_verdicts { epoch: periods, salt: [0; 32], verdicts },
        Call::attest_reputation { epoch: periods, digest: [0; 32], changes: Some(changes) },
        Call::record_archive { deal, archive: FilecoinDeal { deal_id: deal, provider: deal, proposal: cid() } },
        Call::set_anchors { inspectors: vec![INSPECTOR; 32].try_into().unwrap() },
        Call::disqualify { role, account: STORE, reason: text() },
        Call::appeal { role },
        Call::question_verdict { epoch: periods, inspector: INSPECTOR, role, subject: STORE, item: 0 },
        Call::answer_question { question: deal, receipt: Receipt { deal, proof: answer } },
        Call::confirm_operator { role, account: STORE },
    ]
}

fn max<Bound: Get<u32>>() -> usize {
    Bound::get() as usize
}

/// Bytes of a block that ordinary calls can have.
fn longest() -> usize {
    let limits: frame_system::limits::BlockLength = <Runtime as frame_system::Config>::BlockLength::get();
    *limits.max.get(DispatchClass::Normal) as usize
}

#[test]
fn the_largest_call_of_every_kind_fits_a_block() {
    use frame_support::traits::GetCallName;
    let limits = BlockWeights::get();
    let normal = limits.get(DispatchClass::Normal).max_extrinsic.expect("ordinary calls have a limit");
    let length = longest();
    let calls = largest_calls();
    for name in Call::<Runtime>::get_call_names() {
        assert!(calls.iter().any(|call| call.get_call_name() == *name), "no largest call of {name}");
    }
    for call in calls {
        let (name, call) = (call.get_call_name(), RuntimeCall::from(call));
        let weight = call.get_dispatch_info().call_weight;
        assert!(weight.all_lte(normal), "{name} weighs {weight} of {normal}");
        assert!(call.encoded_size() + 200 < length, "{name} has {} of {length} bytes", call.encoded_size());
    }
}

#[test]
fn the_fullest_slot_of_the_agenda_fits_its_share_of_a_block() {
    let slots = <Runtime as Config>::MaxAgenda::get();
    let fullest = Weights::agenda_slot(slots).saturating_add(Weights::agenda_item().saturating_mul(slots.into()));
    assert!(fullest.all_lte(HookWeight::get()), "{fullest} of {}", HookWeight::get());
    let hook = HookWeight::get().saturating_add(Weights::tick());
    let block = BlockWeights::get().max_block;
    assert!(hook.ref_time() * 100 <= block.ref_time() * 26, "{hook} of {block}");
}

/// A million deals prove once a day in 14,400 blocks: 70 a block, of 64 GiB each.
#[test]
fn a_block_holds_the_proofs_of_a_million_deals() {
    let call = Call::submit_proof { deal: 1_000_000, proof: proof_of_zeros(31, [0; 32]) };
    let hashes = 5 * 32;
    let limits = BlockWeights::get();
    let normal = limits.get(DispatchClass::Normal);
    let room = normal.max_total.expect("ordinary calls have a limit").ref_time();
    let by_weight = room / (Weights::paid_proof(hashes).ref_time() + normal.base_extrinsic.ref_time());
    let length = longest();
    let by_length = (length / (RuntimeCall::from(call).encoded_size() + 140)) as u64;
    println!("proofs of 64 GiB in a block: {by_weight} by weight, {by_length} by length");
    assert!(by_weight.min(by_length) >= 10 * 70, "{by_weight} by weight, {by_length} by length");
}
