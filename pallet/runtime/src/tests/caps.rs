//! Every cap of Stella is usable: what it allows fits a block.

use super::*;
use crate::pallets::BlockWeights;
use frame_support::{
    dispatch::{DispatchClass, GetDispatchInfo},
    traits::Get,
    weights::Weight,
};
use pallet_stella::{types::*, WeightInfo};

#[test]
fn the_largest_calls_fit_a_block() {
    let answer = ProofAnswer { leaf: [0; 32], path: vec![[0; 32]; 50].try_into().unwrap() };
    let proof = PossessionProof { seed: [0; 32], answers: vec![answer; 5].try_into().unwrap() };
    let subject = AccountId::new([1; 32]);
    let outcome = Outcome::Ok { receipt: [0; 32] };
    let verdict = Verdict { role: Role::Store, subject: subject.clone(), item: 0, outcome };
    let change =
        ReputationChange { role: Role::Store, account: subject, score: 0, standing: Standing::Trusted, weight: 0 };
    let changes = Changes { state: [0; 32], entries: vec![change; 512].try_into().unwrap() };
    let limit = BlockWeights::get().get(DispatchClass::Normal).max_extrinsic.expect("normal extrinsics have a limit");
    for call in [
        pallet_stella::Call::submit_proof { deal: 0, proof },
        pallet_stella::Call::reveal_verdicts {
            epoch: 0,
            salt: [0; 32],
            verdicts: vec![verdict; 1024].try_into().unwrap(),
        },
        pallet_stella::Call::attest_reputation { epoch: 0, digest: [0; 32], changes: Some(changes) },
    ] {
        let call = RuntimeCall::from(call);
        let weight = call.get_dispatch_info().call_weight;
        assert!(weight.all_lte(limit), "{call:?} weighs {weight} of {limit}");
        assert!(codec::Encode::encoded_size(&call) < BLOCK_LENGTH_MAX as usize * 3 / 4);
    }
}

#[test]
fn the_hook_leaves_three_quarters_of_a_block_to_calls() {
    type Weights = <Runtime as pallet_stella::Config>::WeightInfo;
    let hook = <<Runtime as pallet_stella::Config>::HookWeight as Get<Weight>>::get().saturating_add(Weights::tick());
    let block = BlockWeights::get().max_block;
    assert!(hook.ref_time() * 100 <= block.ref_time() * 26, "{hook} of {block}");
}
