use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{ArithmeticError, TokenError};

#[test]
fn topping_up_moves_money_into_the_pallet_account() {
    chain(|| {
        assert_ok!(Stella::top_up_credits(signed(CLIENT), 500));

        assert_eq!(credits(CLIENT), (500, 0));
        assert_eq!(Balances::free_balance(CLIENT), WEALTH - 500);
        assert!(heard(Event::CreditsToppedUp { account: CLIENT, amount: 500 }));
    });
}

#[test]
fn amounts_below_the_existential_deposit_come_and_go() {
    chain(|| {
        assert_ok!(Stella::top_up_credits(signed(CLIENT), 3));
        assert_ok!(Stella::withdraw_credits(signed(CLIENT), 1));

        assert_eq!(credits(CLIENT), (2, 0));
    });
}

#[test]
fn withdrawing_everything_leaves_no_entry() {
    chain(|| {
        assert_ok!(Stella::top_up_credits(signed(CLIENT), 500));

        assert_ok!(Stella::withdraw_credits(signed(CLIENT), 500));

        assert!(!Credits::<Test>::contains_key(CLIENT));
        assert_eq!(Balances::free_balance(CLIENT), WEALTH);
        assert!(heard(Event::CreditsWithdrawn { account: CLIENT, amount: 500 }));
    });
}

#[test]
fn refuses_more_than_is_free() {
    chain(|| {
        request(storage_request());
        let (free, reserved) = credits(CLIENT);
        assert!(reserved > 0);

        assert_noop!(Stella::withdraw_credits(signed(CLIENT), free + 1), Error::<Test>::NotEnoughCredits);
        assert_noop!(Stella::withdraw_credits(signed(OTHER), 1), Error::<Test>::NotEnoughCredits);
        assert_noop!(Stella::withdraw_credits(signed(CLIENT), u128::MAX), Error::<Test>::NotEnoughCredits);
    });
}

#[test]
fn refuses_to_top_up_more_than_the_account_can_give_and_live() {
    chain(|| {
        assert_noop!(
            Stella::top_up_credits(signed(CLIENT), WEALTH - EXISTENTIAL_DEPOSIT + 1),
            TokenError::NotExpendable
        );
        assert_noop!(Stella::top_up_credits(signed(CLIENT), u128::MAX), ArithmeticError::Underflow);
    });
}

#[test]
fn refuses_amounts_of_zero() {
    chain(|| {
        assert_noop!(Stella::top_up_credits(signed(CLIENT), 0), Error::<Test>::ZeroAmount);
        assert_noop!(Stella::withdraw_credits(signed(CLIENT), 0), Error::<Test>::ZeroAmount);
    });
}
