use crate::{mock::*, types::*, *};
use codec::{Decode, Encode};
use frame_support::{assert_noop, assert_ok};

const SALT: [u8; 32] = [5; 32];

fn verdicts() -> VerdictsOf<Test> {
    let outcomes = [Outcome::Ok { receipt: [3; 32] }, Outcome::WrongBytes, Outcome::Unreachable];
    let verdicts: Vec<_> = (0u8..)
        .zip(outcomes)
        .map(|(item, outcome)| Verdict { role: Role::Store, subject: STORE, item, outcome })
        .collect();
    verdicts.try_into().unwrap()
}

fn commit_of(verdicts: &VerdictsOf<Test>, salt: [u8; 32]) -> [u8; 32] {
    sp_io::hashing::blake2_256(&[verdicts.encode(), salt.to_vec()].concat())
}

/// Runs to the reveal phase of epoch 0, after inspector 20 committed.
fn committed() {
    register(Role::Inspector, 20);
    run_to(EPOCH);
    assert_ok!(Stella::commit_verdicts(signed(20), 0, commit_of(&verdicts(), SALT)));
    run_to(EPOCH + EPOCH / 2);
}

#[test]
fn opens_what_was_committed() {
    chain(|| {
        committed();

        assert_ok!(Stella::reveal_verdicts(signed(20), 0, SALT, verdicts()));

        assert_eq!(Reveals::<Test>::get(0, 20), Some(verdicts()));
        assert!(heard(Event::VerdictsRevealed { epoch: 0, inspector: 20, verdicts: 3 }));
    });
}

#[test]
fn refuses_other_verdicts_or_another_salt() {
    chain(|| {
        committed();
        let mut changed = verdicts();
        changed[1].outcome = Outcome::Refused;

        assert_noop!(Stella::reveal_verdicts(signed(20), 0, SALT, changed), Error::<Test>::CommitMismatch);
        assert_noop!(Stella::reveal_verdicts(signed(20), 0, [6; 32], verdicts()), Error::<Test>::CommitMismatch);
    });
}

#[test]
fn refuses_without_commit_or_twice() {
    chain(|| {
        register(Role::Inspector, 21);
        committed();
        assert_noop!(Stella::reveal_verdicts(signed(21), 0, SALT, verdicts()), Error::<Test>::NoCommit);
        assert_ok!(Stella::reveal_verdicts(signed(20), 0, SALT, verdicts()));

        assert_noop!(Stella::reveal_verdicts(signed(20), 0, SALT, verdicts()), Error::<Test>::AlreadyRevealed);
    });
}

#[test]
fn refuses_outside_the_second_half_of_the_next_epoch() {
    chain(|| {
        register(Role::Inspector, 20);
        run_to(EPOCH);
        assert_ok!(Stella::commit_verdicts(signed(20), 0, commit_of(&verdicts(), SALT)));

        assert_noop!(Stella::reveal_verdicts(signed(20), 0, SALT, verdicts()), Error::<Test>::WrongPhase);
        run_to(2 * EPOCH);
        assert_noop!(Stella::reveal_verdicts(signed(20), 0, SALT, verdicts()), Error::<Test>::WrongPhase);
        run_to(2 * EPOCH + EPOCH / 2);
        assert_noop!(Stella::reveal_verdicts(signed(20), 0, SALT, verdicts()), Error::<Test>::WrongPhase);
    });
}

#[test]
fn a_full_batch_fits_and_a_longer_one_is_no_call() {
    chain(|| {
        let verdict = Verdict { role: Role::Fetch, subject: STORE, item: 0, outcome: Outcome::Refused };
        let full = vec![verdict.clone(); 64];
        assert!(VerdictsOf::<Test>::decode(&mut &full.encode()[..]).is_ok());

        assert!(VerdictsOf::<Test>::decode(&mut &vec![verdict; 65].encode()[..]).is_err());
    });
}
