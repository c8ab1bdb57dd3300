//! FIL buys credits.

use super::*;
use frame_support::{assert_ok, dispatch::DispatchResult};

fn buy(asset: AssetId, amount: Balance, native_min: Balance) -> DispatchResult {
    Stella::top_up_with_asset(RuntimeOrigin::signed(bob()), asset, amount, native_min)
}

fn credits() -> Balance {
    pallet_stella::Credits::<Runtime>::get(bob()).free
}

#[test]
fn swap_gives_what_the_pool_quotes_and_takes_just_the_asset() {
    chain(DEV_RUNTIME_PRESET).execute_with(|| {
        let (native, fil) = (Balances::free_balance(bob()), Assets::balance(FIL, bob()));
        assert_ok!(buy(FIL, FIL_UNIT, STL));
        let bought = credits();
        assert!(9 * STL < bought && bought < 10 * STL, "{bought} for one FIL at 10 STL less 0.3 %");
        assert_eq!(Balances::free_balance(Stella::account_id()), EXISTENTIAL_DEPOSIT + bought);
        assert_eq!(Assets::balance(FIL, bob()), fil - FIL_UNIT);
        assert_eq!(Balances::free_balance(bob()), native);
    });
}

#[test]
fn swap_below_the_minimum_or_without_a_pool_or_money_changes_nothing() {
    chain(DEV_RUNTIME_PRESET).execute_with(|| {
        let fil = Assets::balance(FIL, bob());
        assert!(buy(FIL, FIL_UNIT, 10 * STL).is_err());
        assert!(buy(99, FIL_UNIT, 1).is_err());
        assert!(buy(FIL, fil + 1, 1).is_err());
        assert!(buy(FIL, 0, 0).is_err());
        assert_eq!(Assets::balance(FIL, bob()), fil);
        assert_eq!(credits(), 0);
    });
}

#[test]
fn swap_without_a_minimum_takes_what_comes() {
    chain(DEV_RUNTIME_PRESET).execute_with(|| {
        assert_ok!(buy(FIL, FIL_UNIT, 0));
        assert!(credits() > 9 * STL);
    });
}
