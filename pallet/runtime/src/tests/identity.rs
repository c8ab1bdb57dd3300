//! Numbers that clients were told and that never change by themselves.

use super::*;
use crate::pallets::assets::AssetKind;
use frame_support::traits::{PalletInfo, PalletsInfoAccess};
use pallet_asset_conversion::AssetConversionApi;
use pallet_contracts::ContractsApi;
use sp_api::RuntimeApiInfo;
use sp_consensus_aura::{sr25519::AuthorityId as AuraId, AuraApi};
use sp_consensus_grandpa::GrandpaApi;
use stella_runtime_api::StellaApi;

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
fn version_lists_the_apis_of_consensus_pools_contracts_and_stella() {
    type EventRecord = frame_system::EventRecord<RuntimeEvent, Hash>;
    for id in [
        <dyn AuraApi<Block, AuraId>>::ID,
        <dyn GrandpaApi<Block>>::ID,
        <dyn AssetConversionApi<Block, Balance, AssetKind>>::ID,
        <dyn ContractsApi<Block, AccountId, Balance, BlockNumber, Hash, EventRecord>>::ID,
        <dyn StellaApi<Block, AccountId, BlockNumber>>::ID,
    ] {
        assert!(VERSION.apis.iter().any(|(listed, _)| *listed == id), "{id:?}");
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
