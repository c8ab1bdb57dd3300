use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok};

const OPERATOR: AccountId = 30;

/// A Store that says it works for [`OPERATOR`].
fn claims(account: AccountId) {
    assert_ok!(Stella::register_role(signed(account), Role::Store, endpoint(), Some(OPERATOR)));
    assert_ok!(Stella::publish_ask(signed(account), ask()));
}

fn confirm(account: AccountId) {
    assert_ok!(Stella::confirm_operator(signed(OPERATOR), Role::Store, account));
}

#[test]
fn turns_a_claim_into_an_operator() {
    chain(|| {
        claims(STORE);

        confirm(STORE);

        assert_eq!(Roles::<Test>::get(Role::Store, STORE).unwrap().operator, Some(OPERATOR));
        assert!(!OperatorClaims::<Test>::contains_key(Role::Store, STORE));
        assert!(heard(Event::OperatorConfirmed { role: Role::Store, account: STORE, operator: OPERATOR }));
    });
}

#[test]
fn a_claim_alone_does_not_keep_a_competitor_from_its_replica() {
    chain(|| {
        let victim = OTHER;
        open_store(victim);
        assert_ok!(Stella::register_role(signed(STORE), Role::Store, endpoint(), Some(victim)));
        assert_ok!(Stella::publish_ask(signed(STORE), ask()));
        let id = request(StorageRequest { replicas: 2, ..storage_request() });
        assert_ok!(Stella::accept_deal(signed(STORE), id, PRICE));

        assert_ok!(Stella::accept_deal(signed(victim), id, PRICE));
    });
}

#[test]
fn only_the_claimed_operator_can_confirm_and_only_once() {
    chain(|| {
        claims(STORE);
        let confirm = |who, role, account| Stella::confirm_operator(signed(who), role, account);

        assert_noop!(confirm(OTHER, Role::Store, STORE), Error::<Test>::NoSuchClaim);
        assert_noop!(confirm(STORE, Role::Store, STORE), Error::<Test>::NoSuchClaim);
        assert_noop!(confirm(OPERATOR, Role::Fetch, STORE), Error::<Test>::NoSuchClaim);
        assert_noop!(confirm(OPERATOR, Role::Store, OTHER), Error::<Test>::NoSuchClaim);
        assert_ok!(confirm(OPERATOR, Role::Store, STORE));
        assert_noop!(confirm(OPERATOR, Role::Store, STORE), Error::<Test>::NoSuchClaim);
    });
}

#[test]
fn a_deal_accepted_before_the_confirmation_ends_as_it_was_accepted() {
    chain(|| {
        claims(STORE);
        let id = request(StorageRequest { replicas: 4, ..storage_request() });
        assert_ok!(Stella::accept_deal(signed(STORE), id, PRICE));
        confirm(STORE);
        assert_noop!(Stella::accept_deal(signed(STORE), id, PRICE), Error::<Test>::AlreadyReplica);

        assert_ok!(Stella::end_deal(signed(CLIENT), 0));

        assert_eq!(Replicas::<Test>::iter().count() + LiveDeals::<Test>::iter().count(), 0);
        assert_ok!(Stella::accept_deal(signed(STORE), id, PRICE));
        assert_eq!(Replicas::<Test>::get(id, OPERATOR), Some(1));
    });
}

#[test]
fn accounts_of_one_operator_share_one_replica_once_confirmed() {
    chain(|| {
        claims(STORE);
        claims(OTHER);
        confirm(STORE);
        confirm(OTHER);
        let id = request(StorageRequest { replicas: 2, ..storage_request() });
        assert_ok!(Stella::accept_deal(signed(STORE), id, PRICE));

        assert_noop!(Stella::accept_deal(signed(OTHER), id, PRICE), Error::<Test>::AlreadyReplica);
    });
}

#[test]
fn a_claim_goes_with_the_role() {
    chain(|| {
        claims(STORE);
        assert_ok!(Stella::leave_role(signed(STORE), Role::Store));
        run_to(1 + UNBONDING);
        assert_ok!(Stella::withdraw_bond(signed(STORE), Role::Store));

        assert_noop!(Stella::confirm_operator(signed(OPERATOR), Role::Store, STORE), Error::<Test>::NoSuchClaim);
    });
}
