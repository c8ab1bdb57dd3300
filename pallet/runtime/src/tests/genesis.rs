//! What the presets put into block 0.

use super::*;
use crate::pallets::assets::AssetKind;
use frame_support::traits::{
    fungible::Inspect as _,
    fungibles::{metadata::Inspect as _, Inspect as _},
};
use sp_core::{ed25519, sr25519, Pair};

fn key(path: String) -> [u8; 32] {
    sr25519::Pair::from_string(&path, None).expect("the path is valid").public().0
}

#[test]
fn development_keys_are_those_of_their_paths() {
    let people = ["Alice", "Bob", "Charlie", "Dave", "Eve", "Ferdie"];
    assert_eq!(PEOPLE.to_vec(), people.map(|name| key(format!("//{name}"))).to_vec());
    let numbered = |name: &str, count: usize| (1..=count).map(|i| key(format!("//{name}-{i}"))).collect::<Vec<_>>();
    assert_eq!(STORES.to_vec(), numbered("store", 16));
    assert_eq!(FETCHES.to_vec(), numbered("fetch", 8));
    assert_eq!(INSPECTORS.to_vec(), numbered("inspector", 16));
    let finaliser = |path| ed25519::Pair::from_string(path, None).expect("the path is valid").public().0;
    assert_eq!(FINALISERS.to_vec(), ["//Alice", "//Bob"].map(finaliser).to_vec());
}

#[test]
fn the_presets_endow_people_nodes_and_the_pallet_account() {
    for preset in PRESETS {
        chain(preset).execute_with(|| {
            let balance = |key: &[u8; 32]| Balances::balance(&AccountId::new(*key));
            assert!(PEOPLE.iter().all(|key| balance(key) == 1_000_000 * STL));
            assert!([&STORES[..], &FETCHES, &INSPECTORS].concat().iter().all(|key| balance(key) == 10_000 * STL));
            assert_eq!(Balances::balance(&Stella::account_id()), EXISTENTIAL_DEPOSIT);
            let pool = 100_000 * STL;
            let issued = 6 * 1_000_000 * STL + 40 * 10_000 * STL + pool + EXISTENTIAL_DEPOSIT;
            assert_eq!(Balances::total_issuance(), issued);
        });
    }
}

#[test]
fn people_have_fil_and_a_pool_gives_a_tenth_of_one_for_a_stl() {
    chain(DEV_RUNTIME_PRESET).execute_with(|| {
        let fil = |key: &[u8; 32]| Assets::balance(FIL, AccountId::new(*key));
        assert!(PEOPLE.iter().all(|key| fil(key) == 10_000 * FIL_UNIT));
        assert_eq!(Assets::symbol(FIL), b"FIL");
        assert_eq!(Assets::decimals(FIL), 18);
        assert_eq!(Assets::total_issuance(FIL), 70_000 * FIL_UNIT);
        let reserves = AssetConversion::get_reserves(AssetKind::Native, AssetKind::WithId(FIL));
        assert_eq!(reserves.ok(), Some((100_000 * STL, 10_000 * FIL_UNIT)));
        assert!(PoolAssets::balance(0, AccountId::new(PEOPLE[0])) > 0);
    });
}

#[test]
fn the_presets_name_admin_and_anchors() {
    for preset in PRESETS {
        chain(preset).execute_with(|| {
            assert_eq!(pallet_sudo::Key::<Runtime>::get(), Some(AccountId::new(PEOPLE[0])));
            let anchors = pallet_stella::Anchors::<Runtime>::get();
            let expected = INSPECTORS[..3].iter().map(|key| AccountId::new(*key)).collect::<Vec<_>>();
            assert_eq!(anchors.to_vec(), expected);
        });
    }
}

#[test]
fn development_has_one_author_and_local_two() {
    for (preset, authors) in [(DEV_RUNTIME_PRESET, 1), (LOCAL_RUNTIME_PRESET, 2)] {
        chain(preset).execute_with(|| {
            let aura = pallet_aura::Authorities::<Runtime>::get();
            let expected: Vec<_> = PEOPLE[..authors].iter().map(|key| sr25519::Public::from_raw(*key).into()).collect();
            assert_eq!(aura.to_vec(), expected);
            let grandpa = Grandpa::grandpa_authorities();
            let expected: Vec<_> =
                FINALISERS[..authors].iter().map(|key| (ed25519::Public::from_raw(*key).into(), 1)).collect();
            assert_eq!(grandpa, expected);
        });
    }
}

#[test]
fn other_presets_are_refused() {
    assert_eq!(preset_names(), PRESETS.map(sp_genesis_builder::PresetId::from).to_vec());
    assert_eq!(get_preset(&"local_testnet".into()), None);
}
