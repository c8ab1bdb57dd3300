//! What transactions cost (decision 0018).

use super::*;
use crate::pallets::BlockWeights;
use frame_support::dispatch::{DispatchClass, GetDispatchInfo};
use pallet_stella::{
    types::{PossessionProof, ProofAnswer},
    Call,
};

/// Fee of a call as an ordinary signed transaction: sender, signature and extensions are some 110 bytes.
fn fee(call: impl Into<RuntimeCall>) -> Balance {
    let call = call.into();
    chain(DEV_RUNTIME_PRESET).execute_with(|| {
        TransactionPayment::compute_fee(call.encoded_size() as u32 + 110, &call.get_dispatch_info(), 0)
    })
}

fn proof(height: usize) -> RuntimeCall {
    let answer = ProofAnswer { leaf: [0; 32], path: vec![[0; 32]; height].try_into().expect("a path") };
    let proof = PossessionProof { seed: [0; 32], answers: vec![answer; 5].try_into().expect("five answers") };
    Call::submit_proof { deal: u64::MAX, proof }.into()
}

/// What one STL per GiB and period pays for one period of a piece of this height.
fn income(height: u32) -> Balance {
    STL * (32 << height) / (1 << 30)
}

#[test]
fn proof_costs_less_than_a_tenth_of_what_a_piece_of_a_mebibyte_earns() {
    for height in [15, 20, 25, 31] {
        let (cost, earned) = (fee(proof(height)), income(height as u32));
        assert!(cost * 10 < earned, "height {height}: {cost} of {earned}");
    }
}

#[test]
fn full_block_costs_about_the_same_by_time_and_by_length() {
    let limits = BlockWeights::get();
    let normal = limits.get(DispatchClass::Normal).max_total.expect("normal transactions have a limit");
    let by_time = TransactionPayment::weight_to_fee(normal);
    let by_length = TransactionPayment::length_to_fee(BLOCK_LENGTH_MAX / 4 * 3);
    assert!(by_time < by_length * 2 && by_length < by_time * 2, "{by_time} and {by_length}");
    assert!(by_time >= STL / 100);
}

#[test]
fn nothing_is_free() {
    let remark = frame_system::Call::remark { remark: vec![] };
    assert!(fee(remark) > 0);
    assert_eq!(TransactionPayment::weight_to_fee(frame_support::weights::Weight::from_parts(1, 0)), 1);
}
