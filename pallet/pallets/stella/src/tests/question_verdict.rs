use super::scene::*;
use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect, BoundedVec};

/// Last block in which a verdict about epoch 0 can be doubted.
const LAST: u64 = ATTESTATION - ANSWER;

/// [`STORE`] has a deal, and [`INSPECTOR`] claims to have been served twice: once truly, once not.
fn two_verdicts() {
    active_deal();
    let refused = Verdict { item: 2, outcome: Outcome::Refused, ..honest(Role::Store, STORE, 0) };
    revealed(vec![honest(Role::Store, STORE, 0), forged(Role::Store, STORE, 1), refused]);
}

#[test]
fn holds_the_bond_and_sets_the_deadline() {
    chain(|| {
        two_verdicts();

        assert_ok!(doubt(Role::Store, STORE, 1));

        assert_eq!(held(HoldReason::QuestionBond, DOUBTER), QUESTION_BOND);
        let question = Questions::<Test>::get(0).unwrap();
        assert_eq!((question.receipt, question.deadline), ([9; 32], REVEAL + ANSWER));
        assert!(heard(Event::VerdictQuestioned {
            question: 0,
            epoch: 0,
            inspector: INSPECTOR,
            role: Role::Store,
            subject: STORE,
            item: 1,
            questioner: DOUBTER,
            deadline: REVEAL + ANSWER,
        }));
    });
}

#[test]
fn without_an_answer_the_verdict_is_void_and_its_inspector_out_and_fined() {
    chain(|| {
        two_verdicts();
        assert_ok!(doubt(Role::Store, STORE, 1));
        run_to(REVEAL + ANSWER - 1);
        assert_eq!(Voided::<Test>::iter().count(), 0);

        run_to(REVEAL + ANSWER);

        assert!(Voided::<Test>::contains_key(0, (INSPECTOR, Role::Store, STORE, 1)));
        assert_eq!(Stella::standing(Role::Inspector, &INSPECTOR), Standing::Disqualified);
        let entry = Roles::<Test>::get(Role::Inspector, INSPECTOR).unwrap();
        assert_eq!((entry.bond, entry.leaving_since), (BOND - PENALTY, Some(REVEAL + ANSWER)));
        assert_eq!(Balances::free_balance(DOUBTER), WEALTH + PENALTY);
        assert_eq!(held(HoldReason::QuestionBond, DOUBTER), 0);
        assert!(heard(Event::QuestionUnanswered {
            question: 0,
            epoch: 0,
            inspector: INSPECTOR,
            role: Role::Store,
            subject: STORE,
            item: 1,
            penalty: PENALTY,
        }));
    });
}

#[test]
fn many_forgeries_cost_the_bond_and_no_more() {
    chain(|| {
        active_deal();
        revealed((0..8).map(|item| forged(Role::Store, STORE, item)).collect());
        (0..8).for_each(|item| doubt(Role::Store, STORE, item).unwrap());

        run_to(REVEAL + ANSWER);

        assert_eq!(Roles::<Test>::get(Role::Inspector, INSPECTOR).unwrap().bond, 0, "five penalties");
        assert_eq!(Balances::total_balance(&DOUBTER), WEALTH + BOND);
        assert_eq!(Voided::<Test>::iter().count(), 8);
        run_to(REVEAL + ANSWER + UNBONDING);
        assert_ok!(Stella::withdraw_bond(signed(INSPECTOR), Role::Inspector));
    });
}

#[test]
fn can_be_asked_from_the_reveal_until_the_answer_would_come_too_late() {
    chain(|| {
        two_verdicts();
        run_to(LAST);
        assert_ok!(doubt(Role::Store, STORE, 0));
        assert_eq!(Questions::<Test>::get(0).unwrap().deadline, ATTESTATION);
        run_to(LAST + 1);

        assert_noop!(doubt(Role::Store, STORE, 1), Error::<Test>::WrongPhase);
    });
}

#[test]
fn refuses_epochs_whose_verdicts_are_not_out() {
    chain(|| {
        let ask = |epoch| Stella::question_verdict(signed(DOUBTER), epoch, INSPECTOR, Role::Store, STORE, 0);
        for epoch in [0, 1, u32::MAX] {
            assert_noop!(ask(epoch), Error::<Test>::WrongPhase);
        }
        run_to(EPOCH);
        assert_noop!(ask(0), Error::<Test>::NoSuchVerdict);
    });
}

#[test]
fn refuses_verdicts_that_are_not_there_claim_nothing_or_were_asked_before() {
    chain(|| {
        two_verdicts();
        assert_noop!(doubt(Role::Store, STORE, 7), Error::<Test>::NoSuchVerdict);
        assert_noop!(doubt(Role::Fetch, STORE, 1), Error::<Test>::NoSuchVerdict);
        assert_noop!(doubt(Role::Store, OTHER, 1), Error::<Test>::NoSuchVerdict);
        assert_noop!(doubt(Role::Store, STORE, 2), Error::<Test>::VerdictNotOk);
        let stranger = Stella::question_verdict(signed(DOUBTER), 0, OTHER, Role::Store, STORE, 1);
        assert_eq!(plain(stranger), Err(Error::<Test>::NoSuchVerdict.into()));
        assert_ok!(doubt(Role::Store, STORE, 1));

        assert_noop!(doubt(Role::Store, STORE, 1), Error::<Test>::AlreadyQuestioned);
        run_to(REVEAL + ANSWER);
        assert_noop!(doubt(Role::Store, STORE, 1), Error::<Test>::AlreadyQuestioned);
    });
}

#[test]
fn of_two_verdicts_about_an_item_the_first_counts() {
    chain(|| {
        active_deal();
        let first = Verdict { outcome: Outcome::Unreachable, ..honest(Role::Store, STORE, 0) };
        revealed(vec![first, forged(Role::Store, STORE, 0)]);

        assert_noop!(doubt(Role::Store, STORE, 0), Error::<Test>::VerdictNotOk);
    });
}

#[test]
fn refuses_a_questioner_without_the_bond() {
    chain(|| {
        two_verdicts();
        let poor = 77;

        assert_noop!(
            Stella::question_verdict(signed(poor), 0, INSPECTOR, Role::Store, STORE, 1),
            sp_runtime::TokenError::FundsUnavailable
        );
    });
}

#[test]
fn refuses_a_question_whose_deadline_would_fall_into_the_attestation() {
    chain(|| {
        two_verdicts();
        run_to(LAST);
        let stale = vec![AgendaItem::Deal(u64::MAX); SLOT_PLACES as usize];
        Agenda::<Test>::insert(ATTESTATION, BoundedVec::truncate_from(stale));

        assert_noop!(doubt(Role::Store, STORE, 1), Error::<Test>::AgendaFull);
    });
}

#[test]
fn pays_for_the_verdicts_that_were_searched() {
    chain(|| {
        two_verdicts();

        let info = Stella::question_verdict(signed(DOUBTER), 0, INSPECTOR, Role::Store, STORE, 1).unwrap();

        assert_eq!(info.actual_weight, Some(<Test as Config>::WeightInfo::question_verdict(3)));
    });
}

#[test]
fn what_is_known_about_questions_is_pruned_with_its_epoch() {
    chain(|| {
        two_verdicts();
        assert_ok!(doubt(Role::Store, STORE, 1));
        run_to(5 * EPOCH - 1);
        assert_eq!((QuestionOf::<Test>::iter().count(), Voided::<Test>::iter().count()), (1, 1));

        run_to(5 * EPOCH);

        assert_eq!((QuestionOf::<Test>::iter().count(), Voided::<Test>::iter().count()), (0, 0));
    });
}
