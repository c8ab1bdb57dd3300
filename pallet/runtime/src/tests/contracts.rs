//! What a contract may ask of the chain: the filter, and a contract that really tries.

use super::*;
use crate::pallets::contracts::ContractCalls;
use codec::Decode;
use frame_support::{traits::Contains, weights::Weight};
use pallet_contracts::{Code, CollectEvents, DebugInfo, Determinism};

/// `vectors/contract/relay.wasm`: passes its input on as a call of the runtime and answers the return code.
const RELAY: &[u8] = include_bytes!("../../../../vectors/contract/relay.wasm");
/// The code for a call that failed or is not allowed.
const CALL_RUNTIME_FAILED: u32 = 10;
const GAS: Weight = Weight::from_parts(200_000_000_000, 10_000_000);

fn allowed() -> Vec<RuntimeCall> {
    vec![
        pallet_stella::Call::request_storage { request: request() }.into(),
        pallet_stella::Call::top_up_credits { amount: STL }.into(),
        pallet_stella::Call::cancel_request { request: 0 }.into(),
        pallet_stella::Call::top_up_with_asset { asset: FIL, amount: FIL_UNIT, credits_min: STL }.into(),
        pallet_stella::Call::renew_deal { deal: 0, periods: 1 }.into(),
        pallet_stella::Call::end_deal { deal: 0 }.into(),
        RuntimeCall::Assets(pallet_assets::Call::transfer { id: FIL.into(), target: bob().into(), amount: 1 }),
        RuntimeCall::Assets(pallet_assets::Call::transfer_keep_alive {
            id: FIL.into(),
            target: bob().into(),
            amount: 1,
        }),
        RuntimeCall::Assets(pallet_assets::Call::transfer_approved {
            id: FIL.into(),
            owner: alice().into(),
            destination: bob().into(),
            amount: 1,
        }),
    ]
}

fn refused() -> Vec<RuntimeCall> {
    let harmless = || Box::new(allowed().remove(1));
    vec![
        RuntimeCall::Utility(pallet_utility::Call::batch { calls: allowed() }),
        RuntimeCall::Utility(pallet_utility::Call::batch_all { calls: allowed() }),
        RuntimeCall::Utility(pallet_utility::Call::force_batch { calls: allowed() }),
        RuntimeCall::Utility(pallet_utility::Call::as_derivative { index: 0, call: harmless() }),
        RuntimeCall::Proxy(pallet_proxy::Call::proxy {
            real: alice().into(),
            force_proxy_type: None,
            call: harmless(),
        }),
        RuntimeCall::Sudo(pallet_sudo::Call::sudo { call: harmless() }),
        RuntimeCall::System(frame_system::Call::set_code { code: vec![] }),
        RuntimeCall::Balances(pallet_balances::Call::transfer_all { dest: bob().into(), keep_alive: false }),
        RuntimeCall::Assets(pallet_assets::Call::mint { id: FIL.into(), beneficiary: bob().into(), amount: 1 }),
        RuntimeCall::PoolAssets(pallet_assets::Call::transfer { id: 0.into(), target: bob().into(), amount: 1 }),
        pallet_stella::Call::withdraw_credits { amount: 1 }.into(),
        pallet_stella::Call::withdraw_ask {}.into(),
        pallet_stella::Call::accept_deal { request: 0, price: 1 }.into(),
        pallet_stella::Call::appeal { role: pallet_stella::types::Role::Store }.into(),
        pallet_stella::Call::set_anchors { inspectors: Default::default() }.into(),
    ]
}

/// A chain with a relay that has 1,000 STL, and the relay's account.
fn with_relay(test: impl FnOnce(AccountId)) {
    chain(DEV_RUNTIME_PRESET).execute_with(|| {
        let made = Contracts::bare_instantiate(
            alice(),
            1_000 * STL,
            GAS,
            None,
            Code::Upload(RELAY.to_vec()),
            vec![],
            vec![],
            DebugInfo::UnsafeDebug,
            CollectEvents::Skip,
        );
        test(made.result.expect("the relay is a contract").account_id)
    })
}

/// What the relay was answered when it passed `call` on.
fn relayed(relay: AccountId, call: RuntimeCall) -> u32 {
    let done = Contracts::bare_call(
        alice(),
        relay,
        0,
        GAS,
        None,
        call.encode(),
        DebugInfo::UnsafeDebug,
        CollectEvents::Skip,
        Determinism::Enforced,
    );
    let answer = done.result.expect("the relay itself does not fail").data;
    u32::decode(&mut &answer[..]).expect("a return code")
}

#[test]
fn filter_lets_clients_calls_and_transfers_of_assets_through() {
    for call in allowed() {
        assert!(ContractCalls::contains(&call), "{call:?}");
    }
}

#[test]
fn filter_refuses_all_else_and_whatever_wraps_a_call() {
    for call in refused() {
        assert!(!ContractCalls::contains(&call), "{call:?}");
    }
}

#[test]
fn contract_buys_credits_and_requests_storage_in_its_own_name() {
    with_relay(|relay| {
        let credits = pallet_stella::Call::top_up_credits { amount: 10 * STL };
        assert_eq!(relayed(relay.clone(), credits.into()), 0);
        let storage = pallet_stella::Call::request_storage { request: request() };
        assert_eq!(relayed(relay.clone(), storage.into()), 0);
        let made = pallet_stella::Requests::<Runtime>::get(0).expect("the request is stored");
        assert_eq!(made.client, relay);
    });
}

#[test]
fn contract_gets_no_refused_call_through() {
    with_relay(|relay| {
        let before = Balances::free_balance(&relay);
        for call in refused() {
            assert_eq!(relayed(relay.clone(), call.clone()), CALL_RUNTIME_FAILED, "{call:?}");
        }
        assert_eq!(Balances::free_balance(&relay), before);
        assert_eq!(pallet_stella::Credits::<Runtime>::get(&relay), Default::default());
    });
}
