//! Random sequences of calls, sensible and hostile, by clients, Stores, Inspectors and the admin while blocks pass. After
//! every call: all invariants of the pallet, a second bookkeeping of all money that knows nothing but events
//! ([`ledger`]), and what nobody may ever suffer ([`judges`]). A failing sequence is shrunk to a minimal one.
//!
//! `STELLA_RANDOM_CALLS` makes the run longer, `STELLA_RANDOM_SEED` another one.

mod actions;
mod judges;
mod ledger;
mod steps;
mod world;

use crate::mock::chain;
use proptest::{
    strategy::Strategy,
    test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner},
};
use std::{cell::RefCell, fmt::Write};
use steps::{sequence, Step};
use world::{Coverage, World};

/// Calls of a usual run.
const CALLS: u64 = 100_000;
/// Longest sequence. Longer ones meet more, and cost more to check after each call.
const STEPS_MAX: usize = 300;

fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

/// Plays a sequence on a new chain; the error says which step broke what.
fn play(sequence: &[Step], coverage: &RefCell<Coverage>) -> Result<(), TestCaseError> {
    let mut outcome = Ok(());
    chain(|| {
        let coverage = &mut *coverage.borrow_mut();
        let mut world = World::new(coverage);
        outcome = sequence.iter().enumerate().try_for_each(|(number, step)| {
            world.take(step).map_err(|broken| TestCaseError::fail(format!("step {number}, {step:?}: {broken}")))
        });
    });
    outcome
}

fn report(seed: u64, error: TestError<Vec<Step>>) -> String {
    let mut text = format!("STELLA_RANDOM_SEED={seed} cargo test -p pallet-stella random\n");
    match error {
        TestError::Abort(reason) => writeln!(text, "aborted: {reason}"),
        TestError::Fail(reason, steps) => {
            steps.iter().enumerate().for_each(|(number, step)| {
                let _ = writeln!(text, "{number:4} {step:?}");
            });
            writeln!(text, "{reason}")
        },
    }
    .expect("a string takes all text");
    text
}

#[test]
fn no_sequence_of_calls_breaks_an_invariant_or_loses_a_planck() {
    let seed = setting("STELLA_RANDOM_SEED", 1);
    let wanted = setting("STELLA_RANDOM_CALLS", CALLS);
    let config = Config { max_shrink_iters: 4_000, failure_persistence: None, ..Config::default() };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let strategy = sequence(STEPS_MAX);
    let coverage = RefCell::new(Coverage::default());

    while coverage.borrow().calls < wanted {
        let tree = strategy.new_tree(&mut runner).expect("nothing is filtered out");
        if let Err(error) = runner.run_one(tree, |steps| play(&steps, &coverage)) {
            panic!("{}", report(seed, error));
        }
    }

    let coverage = coverage.into_inner();
    println!("{coverage}");
    if wanted >= CALLS {
        coverage.assert_broad();
    }
}
