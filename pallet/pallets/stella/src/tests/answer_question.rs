use super::scene::*;
use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};

/// [`INSPECTOR`] was served item 0 of [`STORE`], says so, and is doubted: question 0.
fn doubted() {
    active_deal();
    revealed(vec![honest(Role::Store, STORE, 0)]);
    assert_ok!(doubt(Role::Store, STORE, 0));
}

fn answer(receipt: Receipt) -> sp_runtime::DispatchResult {
    Stella::answer_question(signed(INSPECTOR), 0, receipt)
}

#[test]
fn the_receipt_wins_the_bond() {
    chain(|| {
        doubted();

        assert_ok!(answer(receipt(0, Role::Store, STORE, 0)));

        assert_eq!(Balances::free_balance(INSPECTOR), WEALTH - BOND + QUESTION_BOND);
        assert_eq!(Balances::total_balance(&DOUBTER), WEALTH - QUESTION_BOND);
        assert!(heard(Event::QuestionAnswered { question: 0, deal: 0 }));
        run_to(ATTESTATION);
        assert_eq!(Stella::standing(Role::Inspector, &INSPECTOR), Standing::Probation);
        assert_eq!(Voided::<Test>::iter().count(), 0);
    });
}

#[test]
fn a_deal_that_has_ended_since_still_answers() {
    chain(|| {
        doubted();
        assert_ok!(Stella::end_deal(signed(CLIENT), 0));

        assert_ok!(answer(receipt(0, Role::Store, STORE, 0)));
    });
}

#[test]
fn a_verdict_about_a_fetch_is_answered_by_any_deal() {
    chain(|| {
        active_deal();
        register(Role::Fetch, OTHER);
        revealed(vec![honest(Role::Fetch, OTHER, 3)]);
        assert_ok!(doubt(Role::Fetch, OTHER, 3));

        assert_ok!(answer(receipt(0, Role::Fetch, OTHER, 3)));
    });
}

#[test]
fn refuses_what_is_not_the_receipt_and_hears_the_right_one_afterwards() {
    chain(|| {
        doubted();
        let right = receipt(0, Role::Store, STORE, 0);
        let damaged = |damage: fn(&mut Receipt)| {
            let mut receipt = right.clone();
            damage(&mut receipt);
            receipt
        };
        for wrong in [
            damaged(|receipt| receipt.proof.leaf[0] ^= 1),
            damaged(|receipt| receipt.proof.path[3][31] ^= 1),
            damaged(|receipt| receipt.proof.path.truncate(3)),
            damaged(|receipt| receipt.proof.path = Default::default()),
            damaged(|receipt| receipt.deal = 1),
            damaged(|receipt| receipt.deal = u64::MAX),
            receipt(0, Role::Store, STORE, 1),
        ] {
            assert_noop!(answer(wrong), Error::<Test>::ReceiptInvalid);
        }

        assert_ok!(answer(right));
    });
}

#[test]
fn refuses_a_receipt_that_was_committed_but_is_of_another_leaf() {
    chain(|| {
        active_deal();
        let own = receipt(0, Role::Store, STORE, 0);
        let leaf = (0..16).find(|leaf| Tree::usual().answer(*leaf) != own.proof).unwrap();
        let other = Tree::usual().answer(leaf);
        let outcome = Outcome::Ok { receipt: crate::receipts::digest(&other) };
        revealed(vec![Verdict { outcome, ..honest(Role::Store, STORE, 0) }]);
        assert_ok!(doubt(Role::Store, STORE, 0));

        assert_noop!(answer(Receipt { deal: 0, proof: other }), Error::<Test>::ReceiptInvalid);
    });
}

#[test]
fn refuses_a_receipt_for_the_piece_of_another_store() {
    chain(|| {
        active_deal();
        register(Role::Store, OTHER);
        let outcome = Outcome::Ok { receipt: crate::receipts::digest(&receipt(0, Role::Store, OTHER, 0).proof) };
        revealed(vec![Verdict { outcome, ..honest(Role::Store, OTHER, 0) }]);
        assert_ok!(doubt(Role::Store, OTHER, 0));

        assert_noop!(answer(receipt(0, Role::Store, OTHER, 0)), Error::<Test>::ReceiptInvalid);
    });
}

#[test]
fn an_inspector_is_no_subject_that_could_have_served() {
    chain(|| {
        active_deal();
        revealed(vec![honest(Role::Inspector, STORE, 0)]);
        assert_ok!(doubt(Role::Inspector, STORE, 0));

        assert_noop!(answer(receipt(0, Role::Inspector, STORE, 0)), Error::<Test>::ReceiptInvalid);
    });
}

#[test]
fn refuses_strangers_late_answers_and_second_ones() {
    chain(|| {
        let right = || receipt(0, Role::Store, STORE, 0);
        active_deal();
        assert_noop!(answer(right()), Error::<Test>::NoSuchQuestion);
        revealed(vec![honest(Role::Store, STORE, 0), honest(Role::Store, STORE, 1)]);
        assert_ok!(doubt(Role::Store, STORE, 0));
        assert_ok!(doubt(Role::Store, STORE, 1));
        assert_noop!(Stella::answer_question(signed(OTHER), 0, right()), Error::<Test>::NotTheInspector);
        assert_ok!(answer(right()));
        assert_noop!(answer(right()), Error::<Test>::NoSuchQuestion);

        HookWeight::set(frame_support::weights::Weight::zero());
        run_to(REVEAL + ANSWER);
        let late = Stella::answer_question(signed(INSPECTOR), 1, receipt(0, Role::Store, STORE, 1));
        assert_noop!(late, Error::<Test>::TooLateToAnswer);
    });
}

#[test]
fn whoever_doubts_every_true_verdict_pays_for_each() {
    chain(|| {
        active_deal();
        revealed((0..64).map(|item| honest(Role::Store, STORE, item)).collect());
        for item in 0..64 {
            assert_ok!(doubt(Role::Store, STORE, item));
        }

        for item in 0..64 {
            assert_ok!(Stella::answer_question(signed(INSPECTOR), item.into(), receipt(0, Role::Store, STORE, item)));
        }

        assert_eq!(Balances::free_balance(INSPECTOR), WEALTH - BOND + 64 * QUESTION_BOND);
        run_to(ATTESTATION);
        assert_eq!(Stella::standing(Role::Inspector, &INSPECTOR), Standing::Probation);
    });
}

#[test]
fn a_bond_that_the_inspector_cannot_receive_becomes_its_credits() {
    chain(|| {
        doubted();
        // More than an account can hold: the Inspector is as rich as can be.
        let full = Balance::MAX - QUESTION_BOND + 1;
        frame_system::Account::<Test>::mutate(INSPECTOR, |account| account.data.free = full - BOND);

        assert_ok!(answer(receipt(0, Role::Store, STORE, 0)));

        assert_eq!(credits(INSPECTOR), (QUESTION_BOND, 0));
    });
}
