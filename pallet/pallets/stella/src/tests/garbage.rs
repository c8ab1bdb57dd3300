//! Damaged extrinsics: each either is no call at all, or one that is refused or harmless; none breaks the chain.

use crate::{mock::*, types::*, *};
use codec::{Decode, Encode};
use frame_support::traits::UnfilteredDispatchable;

/// One valid call of each kind.
fn calls() -> Vec<Call<Test>> {
    let verdict = Verdict { role: Role::Store, subject: STORE, item: 0, outcome: Outcome::Ok { receipt: [1; 32] } };
    let change =
        ReputationChange { role: Role::Store, account: STORE, score: 1, standing: Standing::Trusted, weight: 0 };
    vec![
        Call::register_role { role: Role::Store, endpoint: endpoint(), operator: Some(OTHER) },
        Call::update_endpoint { role: Role::Store, endpoint: endpoint() },
        Call::leave_role { role: Role::Inspector },
        Call::withdraw_bond { role: Role::Fetch },
        Call::top_up_credits { amount: 1 << 20 },
        Call::withdraw_credits { amount: 1 << 10 },
        Call::publish_ask { ask: ask() },
        Call::request_storage { request: storage_request() },
        Call::cancel_request { request: 1 },
        Call::accept_deal { request: 0, price: PRICE },
        Call::top_up_with_asset { asset: FIL, amount: 1 << 20, credits_min: 1 },
        Call::submit_proof { deal: 0, proof: Tree::usual().proof(seed(0), 0) },
        Call::submit_multi_proof { deal: 0, proof: Tree::usual().multi_proof(seed(0), 0) },
        Call::renew_deal { deal: 0, periods: 3 },
        Call::end_deal { deal: 0 },
        Call::record_archive {
            deal: 0,
            archive: FilecoinDeal { deal_id: 1, provider: 2, proposal: vec![1; 36].try_into().unwrap() },
        },
        Call::commit_verdicts { epoch: 0, hash: [1; 32] },
        Call::reveal_verdicts { epoch: 0, salt: [1; 32], verdicts: vec![verdict].try_into().unwrap() },
        Call::attest_reputation {
            epoch: 0,
            digest: [1; 32],
            changes: Some(Changes { state: [1; 32], entries: vec![change].try_into().unwrap() }),
        },
        Call::set_anchors { inspectors: vec![STORE].try_into().unwrap() },
        Call::disqualify { role: Role::Store, account: STORE, reason: vec![b'x'].try_into().unwrap() },
        Call::appeal { role: Role::Store },
        Call::question_verdict { epoch: 0, inspector: OTHER, role: Role::Store, subject: STORE, item: 0 },
        Call::answer_question { question: 0, receipt: Receipt { deal: 0, proof: Tree::usual().answer(3) } },
        Call::confirm_operator { role: Role::Store, account: OTHER },
    ]
}

#[test]
fn every_damaged_byte_of_every_call_is_harmless() {
    chain(|| {
        active_deal();
        let (mut decoded, mut refused) = (0, 0);
        for call in calls() {
            let bytes = call.encode();
            for at in 0..bytes.len() {
                for damage in [0x01, 0x80, 0xff] {
                    let mut bytes = bytes.clone();
                    bytes[at] ^= damage;
                    match Call::<Test>::decode(&mut &bytes[..]) {
                        Ok(call) => {
                            decoded += 1;
                            let _ = call.dispatch_bypass_filter(signed(STORE));
                        },
                        Err(_) => refused += 1,
                    }
                }
            }
            assert_consistent();
        }
        assert!(decoded > 1_000 && refused > 100, "{decoded} decoded, {refused} refused");
    });
}

#[test]
fn no_call_is_complete_before_its_last_byte() {
    chain(|| {
        active_deal();
        for call in calls() {
            let bytes = call.encode();
            assert!(Call::<Test>::decode(&mut &bytes[..]).is_ok());
            for length in 0..bytes.len() {
                assert!(Call::<Test>::decode(&mut &bytes[..length]).is_err(), "{call:?} cut to {length}");
            }
        }
    });
}
