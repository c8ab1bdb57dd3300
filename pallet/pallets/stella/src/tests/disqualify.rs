use super::scene::{adopt, suspended, ATTESTATION};
use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

fn reason() -> Reason {
    b"sold the keys of its clients".to_vec().try_into().unwrap()
}

fn disqualify(role: Role, account: AccountId) -> sp_runtime::DispatchResult {
    Stella::disqualify(RuntimeOrigin::root(), role, account, reason())
}

#[test]
fn puts_an_account_out_of_a_role_for_good() {
    chain(|| {
        open_store(STORE);

        assert_ok!(disqualify(Role::Store, STORE));

        let (role, account, from, to) = (Role::Store, STORE, Standing::Probation, Standing::Disqualified);
        assert!(heard(Event::StandingChanged { role, account, from, to, score: 0 }));
        assert!(heard(Event::Disqualified { role, account, reason: reason() }));
        assert!(heard(Event::RoleLeft { role, account, free_at: 1 + UNBONDING }));
        assert!(heard(Event::AskWithdrawn { store: STORE }));
        assert_noop!(disqualify(role, account), Error::<Test>::Disqualified);
        run_to(1 + UNBONDING);
        assert_ok!(Stella::withdraw_bond(signed(STORE), Role::Store));
        assert_eq!(Balances::free_balance(STORE), WEALTH, "nothing was slashed");
        assert_noop!(Stella::register_role(signed(STORE), Role::Store, endpoint(), None), Error::<Test>::Disqualified);
    });
}

#[test]
fn live_deals_go_on_and_are_paid() {
    chain(|| {
        let id = active_deal();
        assert_ok!(disqualify(Role::Store, STORE));

        while deal(id).state.is_live() {
            run_to(window_start(id));
            let end = deal(id).deadline;
            assert_ok!(prove(id));
            run_to(end);
        }

        assert_eq!((deal(id).state, deal(id).paid_periods), (DealState::Completed, 3));
        assert_eq!(Balances::free_balance(STORE), WEALTH - BOND + 3 * PERIOD_PRICE);
        assert_ok!(Stella::withdraw_bond(signed(STORE), Role::Store));
    });
}

#[test]
fn a_deal_that_was_only_accepted_can_still_be_proven() {
    chain(|| {
        let id = accepted_deal();
        assert_ok!(disqualify(Role::Store, STORE));
        run_to(2);

        assert_ok!(prove(id));

        assert_eq!(deal(id).state, DealState::Active);
    });
}

#[test]
fn an_inspector_loses_its_weight_and_its_say() {
    chain(|| {
        register(Role::Inspector, ANCHORS[0]);

        assert_ok!(disqualify(Role::Inspector, ANCHORS[0]));

        assert_eq!(Reputation::<Test>::get(Role::Inspector, ANCHORS[0]).unwrap().weight, 0);
        run_to(EPOCH);
        let refused = Stella::commit_verdicts(signed(ANCHORS[0]), 0, [0; 32]);
        assert_eq!(refused, Err(Error::<Test>::Disqualified.into()));
    });
}

#[test]
fn neither_a_quorum_nor_a_new_anchor_list_brings_it_back() {
    chain(|| {
        ANCHORS.iter().for_each(|anchor| register(Role::Inspector, *anchor));
        register(Role::Inspector, 20);
        assert_ok!(disqualify(Role::Inspector, 20));
        run_to(ATTESTATION);

        adopt(0, Role::Inspector, 20, Standing::Trusted);
        assert_ok!(Stella::set_anchors(RuntimeOrigin::root(), vec![20].try_into().unwrap()));

        assert_eq!(Stella::standing(Role::Inspector, &20), Standing::Disqualified);
    });
}

#[test]
fn a_suspended_account_can_be_disqualified_and_does_not_win_its_appeal_by_it() {
    chain(|| {
        suspended(Role::Store, STORE);
        assert_ok!(Stella::appeal(signed(STORE), Role::Store));

        assert_ok!(disqualify(Role::Store, STORE));

        assert_eq!(held(HoldReason::AppealFee, STORE), APPEAL_FEE);
        run_to(ATTESTATION + EPOCH * u64::from(APPEAL_PERIODS));
        assert!(heard(Event::AppealLost { role: Role::Store, account: STORE, fee: APPEAL_FEE }));
    });
}

#[test]
fn only_the_admin_and_only_with_a_reason_and_only_who_holds_the_role() {
    chain(|| {
        open_store(STORE);
        let of = |origin, account, reason| Stella::disqualify(origin, Role::Store, account, reason);

        assert_noop!(of(signed(STORE), STORE, reason()), BadOrigin);
        assert_noop!(of(RuntimeOrigin::root(), OTHER, reason()), Error::<Test>::NotRegistered);
        for bad in [&b""[..], b"\xff", b"two\nlines"] {
            let bad = bad.to_vec().try_into().unwrap();
            assert_noop!(of(RuntimeOrigin::root(), STORE, bad), Error::<Test>::BadReason);
        }
    });
}
