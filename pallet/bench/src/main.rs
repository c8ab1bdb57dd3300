//! Measures natively what a block costs with many deals in state: `cargo run --release -p stella-pallet-bench [deals]`.
//!
//! Each size gets a chain of its own, filled by the calls that users make (request, accept, first proof), 70 deals a
//! block, on the template runtime with the constants of production. State lies in a trie in memory. A million deals take
//! some minutes and about 4 GB.

mod chain;

use chain::{Crowd, PER_BLOCK};
use cpu_time::ThreadTime;
use pallet_stella::{commp, types::PossessionProof};
use std::time::Duration;
use stella_template_runtime::example::{piece_of_zeros, proof_of_zeros};

/// Height of a piece of 64 GiB.
pub const HEIGHT: u8 = 31;

fn main() {
    let largest: u64 = std::env::args().nth(1).map_or(1_000_000, |text| text.parse().expect("usage: [deals]"));
    println!("check of a proof of 64 GiB, height {HEIGHT}, 5 challenges: {}", shown(&mut proof_times()));
    println!();
    println!("| deals | block: {PER_BLOCK} periods proven | block: {PER_BLOCK} faults | block: nothing due | accept_deal | submit_proof |");
    println!("| --- | --- | --- | --- | --- | --- |");
    for deals in [1_000, 10_000, 100_000, 1_000_000].into_iter().filter(|deals| *deals <= largest) {
        let mut crowd = Crowd::of(deals);
        let (mut proofs, mut proven, mut missed) = crowd.first_periods();
        println!(
            "| {deals} | {} | {} | {} | {} | {} |",
            shown(&mut proven),
            shown(&mut missed),
            shown(&mut crowd.idle),
            shown(&mut crowd.accepts),
            shown(&mut proofs)
        );
    }
}

/// Median of some times.
fn shown(times: &mut [Duration]) -> String {
    times.sort();
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    match median.as_micros() {
        micros if micros < 10_000 => format!("{micros} µs"),
        micros => format!("{} ms", micros / 1_000),
    }
}

/// Times of checking the tree alone, without storage.
fn proof_times() -> Vec<Duration> {
    let piece = piece_of_zeros(HEIGHT);
    let proof = proof_of_zeros(HEIGHT, [7; 32]);
    let leads = |proof: &PossessionProof| {
        (0u64..).zip(&proof.answers).all(|(index, answer)| {
            let leaf = commp::challenged_leaf(&proof.seed, 1, index, piece.leaf_count());
            commp::leads_to_root(&piece, leaf, answer)
        })
    };
    let time = |_| timed(|| assert!(leads(&proof), "the proof is true"));
    (0..1_000).map(time).collect()
}

/// Time that the processor worked on it, so that whatever else the machine does counts for little.
pub fn timed(work: impl FnOnce()) -> Duration {
    let start = ThreadTime::now();
    work();
    start.elapsed()
}
