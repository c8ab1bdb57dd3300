use crate::{mock::*, types::*, *};
use codec::Encode;
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResultWithPostInfo};

const ATTESTATION: u64 = 2 * EPOCH + EPOCH / 2;

fn change(account: AccountId, standing: Standing) -> ReputationChange<AccountId> {
    ReputationChange { role: Role::Store, account, score: 950_000, standing, weight: 0 }
}

fn changes(entries: Vec<ReputationChange<AccountId>>) -> ChangesOf<Test> {
    Changes { state: [8; 32], entries: entries.try_into().unwrap() }
}

fn digest(changes: &ChangesOf<Test>) -> [u8; 32] {
    sp_io::hashing::blake2_256(&[changes.entries.encode(), changes.state.to_vec()].concat())
}

/// Three anchors with weight, one inspector without, one Store; now epoch 0 is attested.
fn attestation() {
    ANCHORS.iter().for_each(|anchor| register(Role::Inspector, *anchor));
    register(Role::Inspector, 20);
    register(Role::Store, STORE);
    run_to(ATTESTATION);
}

fn attest(inspector: AccountId, changes: &ChangesOf<Test>, carry: bool) -> DispatchResultWithPostInfo {
    Stella::attest_reputation(signed(inspector), 0, digest(changes), carry.then(|| changes.clone()))
}

#[test]
fn more_than_two_thirds_of_the_weight_take_the_changes_over() {
    chain(|| {
        attestation();
        let vetted = changes(vec![change(STORE, Standing::Trusted)]);

        assert_ok!(attest(11, &vetted, true));
        assert_ok!(attest(12, &vetted, false));
        assert_eq!(Adopted::<Test>::get(0), None, "two thirds are not more than two thirds");
        assert_ok!(attest(13, &vetted, false));

        assert_eq!(Adopted::<Test>::get(0), Some(digest(&vetted)));
        let entry = Reputation::<Test>::get(Role::Store, STORE).unwrap();
        assert_eq!((entry.standing, entry.score, entry.epoch), (Standing::Trusted, 950_000, 0));
        assert!(heard(Event::ReputationAdopted { epoch: 0, digest: digest(&vetted), changes: 1 }));
        let (from, to) = (Standing::Probation, Standing::Trusted);
        assert!(heard(Event::StandingChanged { role: Role::Store, account: STORE, from, to, score: 950_000 }));
    });
}

#[test]
fn an_attestation_pays_for_the_work_it_made() {
    chain(|| {
        attestation();
        let vetted = changes(vec![change(STORE, Standing::Trusted)]);
        let weight = |info: DispatchResultWithPostInfo| info.unwrap().actual_weight.unwrap();

        let carrying = weight(attest(11, &vetted, true));
        let following = weight(attest(12, &vetted, false));
        let adopting = weight(attest(13, &vetted, false));

        assert!(following.all_lt(carrying));
        assert_eq!(adopting, carrying);
        assert_eq!(carrying, weights::SubstrateWeight::<Test>::attest_reputation(4, 1));
    });
}

#[test]
fn attesters_without_weight_move_nothing() {
    chain(|| {
        attestation();
        let forged = changes(vec![change(STORE, Standing::Suspended)]);

        assert_ok!(attest(20, &forged, true));

        assert_eq!(Adopted::<Test>::get(0), None);
        assert!(heard(Event::ReputationAttested { epoch: 0, inspector: 20, digest: digest(&forged) }));
    });
}

#[test]
fn without_any_weight_nothing_is_taken_over() {
    chain(|| {
        register(Role::Inspector, 20);
        run_to(ATTESTATION);

        assert_ok!(attest(20, &changes(vec![]), true));

        assert_eq!(Adopted::<Test>::get(0), None);
    });
}

#[test]
fn a_divided_vote_takes_nothing_over() {
    chain(|| {
        attestation();
        let (one, other) = (changes(vec![]), changes(vec![change(STORE, Standing::Suspended)]));

        assert_ok!(attest(11, &one, true));
        assert_ok!(attest(12, &one, false));
        assert_ok!(attest(13, &other, true));

        assert_eq!(Adopted::<Test>::get(0), None);
    });
}

#[test]
fn the_weight_of_a_suspended_inspector_counts_on_neither_side() {
    chain(|| {
        attestation();
        let suspended = ReputationEntry { score: 0, standing: Standing::Suspended, weight: 1_000_000, epoch: 0 };
        Reputation::<Test>::insert(Role::Inspector, 13, suspended);
        let all = changes(vec![]);

        assert_noop!(attest(13, &all, true), Error::<Test>::Suspended);
        assert_ok!(attest(11, &all, true));
        assert_ok!(attest(12, &all, false));

        assert_eq!(Adopted::<Test>::get(0), Some(digest(&all)));
    });
}

#[test]
fn changes_of_accounts_without_the_role_are_passed_over() {
    chain(|| {
        attestation();
        let stranger = changes(vec![change(77, Standing::Trusted), change(STORE, Standing::Trusted)]);

        assert_ok!(attest(11, &stranger, true));
        assert_ok!(attest(12, &stranger, false));
        assert_ok!(attest(13, &stranger, false));

        assert!(!Reputation::<Test>::contains_key(Role::Store, 77));
        assert!(heard(Event::ReputationAdopted { epoch: 0, digest: digest(&stranger), changes: 1 }));
    });
}

#[test]
fn the_disqualified_stay_so() {
    chain(|| {
        attestation();
        let entry = ReputationEntry { score: 0, standing: Standing::Disqualified, weight: 0, epoch: 0 };
        Reputation::<Test>::insert(Role::Store, STORE, entry.clone());
        let pardon = changes(vec![change(STORE, Standing::Trusted)]);

        assert_ok!(attest(11, &pardon, true));
        assert_ok!(attest(12, &pardon, false));
        assert_ok!(attest(13, &pardon, false));

        assert_eq!(Reputation::<Test>::get(Role::Store, STORE), Some(entry));
    });
}

#[test]
fn a_later_attestation_of_an_adopted_epoch_must_agree() {
    chain(|| {
        attestation();
        let right = changes(vec![]);
        let wrong = changes(vec![change(STORE, Standing::Suspended)]);
        for anchor in ANCHORS {
            assert_ok!(attest(anchor, &right, true));
        }

        assert_noop!(attest(20, &wrong, true), Error::<Test>::AlreadyAdopted);
        assert_ok!(attest(20, &right, false));
    });
}

#[test]
fn the_first_attestation_of_a_digest_carries_its_changes() {
    chain(|| {
        attestation();

        assert_noop!(attest(11, &changes(vec![]), false), Error::<Test>::ChangesMissing);
    });
}

#[test]
fn refuses_changes_forged_against_the_digest() {
    chain(|| {
        attestation();
        let attested = digest(&changes(vec![]));
        let forged = changes(vec![change(STORE, Standing::Suspended)]);
        let mut other_state = changes(vec![]);
        other_state.state = [9; 32];

        for carried in [forged, other_state] {
            assert_noop!(
                Stella::attest_reputation(signed(11), 0, attested, Some(carried)),
                Error::<Test>::ChangesMismatch
            );
        }
    });
}

#[test]
fn refuses_changes_out_of_range() {
    chain(|| {
        attestation();
        let inspector = ReputationChange { role: Role::Inspector, ..change(20, Standing::Trusted) };
        for bad in [
            ReputationChange { score: 1_000_001, ..change(STORE, Standing::Trusted) },
            ReputationChange { weight: 1, ..change(STORE, Standing::Trusted) },
            ReputationChange { weight: 2_000_001, ..inspector.clone() },
            ReputationChange { score: u32::MAX, ..inspector },
        ] {
            assert_noop!(attest(11, &changes(vec![bad]), true), Error::<Test>::ChangesOutOfRange);
        }
    });
}

#[test]
fn refuses_to_attest_twice() {
    chain(|| {
        attestation();
        assert_ok!(attest(11, &changes(vec![]), true));

        assert_noop!(attest(11, &changes(vec![]), true), Error::<Test>::AlreadyAttested);
    });
}

#[test]
fn refuses_accounts_that_are_no_inspector() {
    chain(|| {
        attestation();

        assert_noop!(attest(STORE, &changes(vec![]), true), Error::<Test>::NotRegistered);
    });
}

#[test]
fn is_open_in_the_second_half_of_the_second_epoch_after() {
    chain(|| {
        ANCHORS.iter().for_each(|anchor| register(Role::Inspector, *anchor));
        let empty = changes(vec![]);
        for closed in [EPOCH, 2 * EPOCH, ATTESTATION - 1] {
            run_to(closed);
            assert_noop!(attest(11, &empty, true), Error::<Test>::WrongPhase);
        }
        run_to(ATTESTATION);
        assert_ok!(attest(11, &empty, true));
        run_to(3 * EPOCH - 1);
        assert_ok!(attest(12, &empty, false));
        run_to(3 * EPOCH);

        assert_noop!(attest(13, &empty, true), Error::<Test>::WrongPhase);
        assert_noop!(Stella::attest_reputation(signed(13), u32::MAX, digest(&empty), None), Error::<Test>::WrongPhase);
    });
}
