//! What each kind of proxy may do.

use super::*;
use crate::pallets::proxies::ProxyType;
use frame_support::{assert_ok, traits::InstanceFilter};

fn stella(call: pallet_stella::Call<Runtime>) -> RuntimeCall {
    RuntimeCall::Stella(call)
}

#[test]
fn work_proxy_proves_and_inspects_and_nothing_else() {
    let work = [
        stella(pallet_stella::Call::commit_verdicts { epoch: 0, hash: [0; 32] }),
        stella(pallet_stella::Call::reveal_verdicts { epoch: 0, salt: [0; 32], verdicts: Default::default() }),
        stella(pallet_stella::Call::attest_reputation { epoch: 0, digest: [0; 32], changes: None }),
    ];
    let other = [
        stella(pallet_stella::Call::accept_deal { request: 0, price: 1 }),
        stella(pallet_stella::Call::top_up_credits { amount: 1 }),
        stella(pallet_stella::Call::request_storage { request: request() }),
        RuntimeCall::System(frame_system::Call::remark { remark: vec![] }),
        RuntimeCall::Utility(pallet_utility::Call::batch { calls: work.to_vec() }),
    ];
    assert!(work.iter().all(|call| ProxyType::Work.filter(call)));
    assert!(other.iter().all(|call| !ProxyType::Work.filter(call)));
}

#[test]
fn storage_proxy_uses_stella_and_nothing_else() {
    assert!(ProxyType::Storage.filter(&stella(pallet_stella::Call::withdraw_ask {})));
    let transfer = pallet_balances::Call::transfer_all { dest: bob().into(), keep_alive: false };
    assert!(!ProxyType::Storage.filter(&RuntimeCall::Balances(transfer)));
}

#[test]
fn wider_kinds_include_the_narrower() {
    let kinds = [ProxyType::Any, ProxyType::Storage, ProxyType::Work];
    for (i, wide) in kinds.iter().enumerate() {
        for (j, narrow) in kinds.iter().enumerate() {
            assert_eq!(wide.is_superset(narrow), i <= j, "{wide:?} and {narrow:?}");
        }
    }
}

#[test]
fn proxy_acts_for_the_account_within_its_kind() {
    chain(DEV_RUNTIME_PRESET).execute_with(|| {
        assert_ok!(Proxy::add_proxy(RuntimeOrigin::signed(alice()), bob().into(), ProxyType::Storage, 0));
        let act = |call| Proxy::proxy(RuntimeOrigin::signed(bob()), alice().into(), None, Box::new(call));
        assert_ok!(act(stella(pallet_stella::Call::top_up_credits { amount: STL })));
        assert_ok!(act(RuntimeCall::Balances(pallet_balances::Call::transfer_all {
            dest: bob().into(),
            keep_alive: false
        })));
        assert_eq!(pallet_stella::Credits::<Runtime>::get(alice()).free, STL);
        assert!(Balances::free_balance(alice()) > 999_000 * STL, "the transfer was not made");
    });
}
