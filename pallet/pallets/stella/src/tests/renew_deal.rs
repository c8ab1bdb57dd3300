use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok};

fn renew(id: u64, periods: u32) -> sp_runtime::DispatchResult {
    Stella::renew_deal(signed(CLIENT), id, periods)
}

#[test]
fn adds_periods_and_sets_their_price_and_collateral_aside() {
    chain(|| {
        let id = active_deal();
        let (free, reserved) = credits(CLIENT);

        assert_ok!(renew(id, 5));

        let deal = deal(id);
        assert_eq!((deal.periods, deal.reserved), (8, 8 * PERIOD_PRICE));
        assert_eq!((deal.collateral, deal.pledged), (8 * PERIOD_PRICE, 8 * PERIOD_PRICE));
        assert_eq!(held(HoldReason::DealCollateral, STORE), 8 * PERIOD_PRICE);
        assert_eq!(credits(CLIENT), (free - 5 * PERIOD_PRICE, reserved + 5 * PERIOD_PRICE));
        assert!(heard(Event::DealRenewed { deal: id, periods: 5, price: PERIOD_PRICE }));
    });
}

#[test]
fn a_renewed_deal_is_proven_and_paid_to_its_new_end() {
    chain(|| {
        let id = active_deal();
        assert_ok!(renew(id, 2));
        while deal(id).state.is_live() {
            run_to(window_start(id));
            let end = deal(id).deadline;
            assert_ok!(prove(id));
            run_to(end);
        }

        assert_eq!((deal(id).state, deal(id).paid_periods), (DealState::Completed, 5));
        assert_eq!(Balances::free_balance(STORE), WEALTH - BOND + 5 * PERIOD_PRICE);
    });
}

#[test]
fn only_the_periods_ahead_need_collateral() {
    chain(|| {
        let id = active_deal();
        run_to(window_start(id));
        assert_ok!(prove(id));
        run_to(deal(id).deadline);
        assert_eq!((deal(id).period, deal(id).collateral), (1, 3 * PERIOD_PRICE));

        assert_ok!(renew(id, 1));
        assert_eq!(deal(id).collateral, 3 * PERIOD_PRICE, "three are ahead, and three were pledged");
        assert_ok!(renew(id, 1));

        assert_eq!(deal(id).collateral, 4 * PERIOD_PRICE);
    });
}

#[test]
fn a_fault_after_many_renewals_costs_a_part_of_what_is_pledged() {
    chain(|| {
        let id = active_deal();
        for _ in 0..6 {
            run_to(window_start(id));
            let end = deal(id).deadline;
            assert_ok!(prove(id));
            run_to(end);
            assert_ok!(renew(id, 1));
        }
        assert_eq!((deal(id).periods, deal(id).pledged), (9, 3 * PERIOD_PRICE));

        run_to(deal(id).deadline);

        assert_eq!(deal(id).collateral, 3 * PERIOD_PRICE - 154, "a tenth of 1,536, rounded up");
    });
}

#[test]
fn slashed_collateral_is_filled_up() {
    chain(|| {
        let id = active_deal();
        run_to(deal(id).deadline);
        assert!(deal(id).collateral < 3 * PERIOD_PRICE);

        assert_ok!(renew(id, 1));

        assert_eq!((deal(id).collateral, deal(id).pledged), (3 * PERIOD_PRICE, 3 * PERIOD_PRICE));
    });
}

#[test]
fn refuses_who_is_not_the_client_and_deals_that_are_not_active() {
    chain(|| {
        assert_noop!(renew(0, 1), Error::<Test>::NoSuchDeal);
        let id = accepted_deal();
        assert_noop!(renew(id, 1), Error::<Test>::DealNotActive);
        run_to(2);
        assert_ok!(prove(id));
        assert_noop!(Stella::renew_deal(signed(STORE), id, 1), Error::<Test>::NotTheClient);
        assert_ok!(Stella::end_deal(signed(CLIENT), id));
        assert_noop!(renew(id, 1), Error::<Test>::DealOver);
    });
}

#[test]
fn refuses_no_periods_and_more_than_a_deal_may_have() {
    chain(|| {
        let id = active_deal();

        assert_noop!(renew(id, 0), Error::<Test>::BadPeriods);
        assert_noop!(renew(id, 1_000_000 - 2), Error::<Test>::BadPeriods);
        assert_noop!(renew(id, u32::MAX), Error::<Test>::BadPeriods);
    });
}

#[test]
fn refuses_a_client_without_the_credits() {
    chain(|| {
        let id = active_deal();
        let (free, _) = credits(CLIENT);
        assert_ok!(Stella::withdraw_credits(signed(CLIENT), free));

        assert_noop!(renew(id, 1), Error::<Test>::NotEnoughCredits);
    });
}

#[test]
fn refuses_what_the_ask_does_not_cover_any_more() {
    chain(|| {
        let id = active_deal();
        let size = Tree::usual().piece().padded_size();
        for narrowed in [
            Ask { price: PRICE + (1 << 22), ..ask() },
            Ask { piece_size_max: size - 1, ..ask() },
            Ask { piece_size_min: size + 1, ..ask() },
            Ask { periods_max: 3, ..ask() },
            Ask { tier: Tier::Filecoin, ..ask() },
        ] {
            assert_ok!(Stella::publish_ask(signed(STORE), narrowed));
            assert_noop!(renew(id, 1), Error::<Test>::AskDoesNotCover);
        }
        assert_ok!(Stella::publish_ask(signed(STORE), Ask { periods_max: 4, capacity: 1, ..ask() }));
        assert_ok!(renew(id, 1));
        assert_ok!(Stella::withdraw_ask(signed(STORE)));
        assert_noop!(renew(id, 1), Error::<Test>::NoAsk);
        assert_ok!(Stella::publish_ask(signed(STORE), Ask { expires_at: 10, ..ask() }));
        run_to(10);
        assert_noop!(renew(id, 1), Error::<Test>::AskDoesNotCover);
    });
}

#[test]
fn refuses_a_store_that_leaves_or_is_out_of_standing() {
    chain(|| {
        let id = active_deal();
        for (standing, refusal) in
            [(Standing::Suspended, Error::<Test>::Suspended), (Standing::Disqualified, Error::<Test>::Disqualified)]
        {
            let entry = ReputationEntry { score: 0, standing, weight: 0, epoch: 0 };
            Reputation::<Test>::insert(Role::Store, STORE, entry);
            assert_noop!(renew(id, 1), refusal);
        }
        assert_ok!(Stella::leave_role(signed(STORE), Role::Store));
        assert_noop!(renew(id, 1), Error::<Test>::RoleLeaving);
    });
}

#[test]
fn a_client_cannot_lock_the_money_that_proofs_are_paid_with() {
    chain(|| {
        let id = active_deal();
        let floor = BOND + EXISTENTIAL_DEPOSIT;
        let frees = |free| Balances::force_set_balance(RuntimeOrigin::root(), STORE, free).unwrap();
        frees(floor + PERIOD_PRICE - 1);
        assert_noop!(renew(id, 1), Error::<Test>::StoreWithoutCollateral);

        frees(floor + PERIOD_PRICE);
        assert_ok!(renew(id, 1));

        assert_noop!(renew(id, 1), Error::<Test>::StoreWithoutCollateral);
    });
}

#[test]
fn nothing_revives_a_deal_whose_time_is_over() {
    chain(|| {
        let id = active_deal();
        HookWeight::set(frame_support::weights::Weight::zero());
        run_to(Stella::end_of(&deal(id), 3));
        assert!(deal(id).state.is_live(), "the agenda is late");

        assert_noop!(renew(id, 1), Error::<Test>::DealOver);
    });
}
