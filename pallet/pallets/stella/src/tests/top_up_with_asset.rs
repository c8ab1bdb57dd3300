use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok, storage::with_storage_layer, traits::fungible::Inspect};
use sp_runtime::{DispatchError, TokenError};

#[test]
fn credits_are_what_the_exchange_brings() {
    chain(|| {
        assert_ok!(Stella::top_up_with_asset(signed(CLIENT), FIL, 500, 900));

        assert_eq!(credits(CLIENT), (1_000, 0), "two planck for a unit");
        assert!(heard(Event::CreditsToppedUp { account: CLIENT, amount: 1_000 }));
    });
}

#[test]
fn what_the_exchange_says_does_not_count() {
    chain(|| {
        let before = Balances::balance(&Stella::account_id());

        assert_noop!(Stella::top_up_with_asset(signed(CLIENT), BRAGGART, 500, 0), Error::<Test>::TooFewCredits);

        assert_eq!(Balances::balance(&Stella::account_id()), before);
    });
}

#[test]
fn refuses_too_few_credits_and_gives_the_money_back() {
    chain(|| {
        let refused = with_storage_layer(|| Stella::top_up_with_asset(signed(CLIENT), FIL, 500, 1_001));

        assert_eq!(refused, Err(Error::<Test>::TooFewCredits.into()));
        assert_eq!(credits(CLIENT), (0, 0));
    });
}

#[test]
fn refuses_assets_without_an_exchange_and_empty_amounts() {
    chain(|| {
        assert_noop!(Stella::top_up_with_asset(signed(CLIENT), 7, 500, 0), Error::<Test>::AssetsNotSupported);
        assert_noop!(Stella::top_up_with_asset(signed(CLIENT), FIL, 0, 0), Error::<Test>::ZeroAmount);
    });
}

#[test]
fn passes_on_why_an_exchange_failed() {
    chain(|| {
        assert_noop!(Stella::top_up_with_asset(signed(CLIENT), FIL, WEALTH, 0), TokenError::FundsUnavailable);
    });
}

#[test]
fn a_chain_without_assets_has_no_exchange() {
    assert_eq!(<() as Swap<AccountId>>::swap(&CLIENT, FIL, 1, 0, &STORE), Err(DispatchError::Unavailable));
    assert_eq!(<() as Swap<AccountId>>::weight(), frame_support::weights::Weight::zero());
}
