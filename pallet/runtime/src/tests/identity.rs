//! Numbers that clients were told and that never change by themselves.

use super::*;
use frame_support::traits::{PalletInfo, PalletsInfoAccess};

#[test]
fn pallet_indices_are_those_that_clients_were_told() {
    type Info = <Runtime as frame_system::Config>::PalletInfo;
    let indices = [
        Info::index::<System>(),
        Info::index::<Timestamp>(),
        Info::index::<Aura>(),
        Info::index::<Grandpa>(),
        Info::index::<Balances>(),
        Info::index::<TransactionPayment>(),
        Info::index::<Sudo>(),
        Info::index::<Utility>(),
        Info::index::<Proxy>(),
        Info::index::<Assets>(),
        Info::index::<PoolAssets>(),
        Info::index::<AssetConversion>(),
        Info::index::<Contracts>(),
        Info::index::<Stella>(),
    ];
    assert_eq!(indices.map(Option::unwrap), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 20]);
}

#[test]
fn no_pallet_is_without_a_pinned_index() {
    assert_eq!(<AllPalletsWithSystem as PalletsInfoAccess>::infos().len(), 14);
}

#[test]
fn version_names_the_chain() {
    assert_eq!(VERSION.spec_name, "stella");
    assert_eq!(VERSION.spec_version, 101);
    assert_eq!(VERSION.transaction_version, 1);
    assert_eq!(VERSION.system_version, 1);
}

#[test]
fn version_lists_every_api_that_clients_call() {
    let listed: Vec<[u8; 8]> = VERSION.apis.iter().map(|(id, _)| *id).collect();
    for name in [
        "Core",
        "Metadata",
        "BlockBuilder",
        "TaggedTransactionQueue",
        "OffchainWorkerApi",
        "SessionKeys",
        "AccountNonceApi",
        "TransactionPaymentApi",
        "GenesisBuilder",
        "AuraApi",
        "GrandpaApi",
        "AssetConversionApi",
        "ContractsApi",
        "RuntimeViewFunction",
        "StellaApi",
    ] {
        let id: [u8; 8] = sp_core::hashing::blake2_64(name.as_bytes());
        assert!(listed.contains(&id), "{name} is not listed");
    }
}

#[test]
#[cfg(feature = "fast")]
fn constants_of_the_development_chain() {
    let constants = [EPOCH_LENGTH, PROVING_PERIOD, PROVING_WINDOW, REQUEST_TTL, ACTIVATION_TIMEOUT, UNBONDING_PERIOD];
    assert_eq!(constants, [20, 30, 12, 120, 60, 60]);
    assert_eq!((SLOT_DURATION, MINIMUM_PERIOD), (2, 1));
}

#[test]
#[cfg(not(feature = "fast"))]
fn constants_of_production() {
    let constants = [EPOCH_LENGTH, PROVING_PERIOD, PROVING_WINDOW, REQUEST_TTL, ACTIVATION_TIMEOUT, UNBONDING_PERIOD];
    assert_eq!(constants, [600, 14_400, 600, 14_400, 14_400, 100_800]);
    assert_eq!((SLOT_DURATION, MINIMUM_PERIOD), (6_000, 3_000));
}
