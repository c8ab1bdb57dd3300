//! What the runtime promises beyond its pallets: keys, constants, genesis, and that every cap fits a block.

use crate::{constants::*, genesis::*, pallets::BlockWeights, *};
use frame_support::{
    dispatch::{DispatchClass, GetDispatchInfo},
    genesis_builder_helper::build_state,
    traits::{fungible::Inspect, Get},
    weights::Weight,
};
use pallet_stella::{types::*, WeightInfo};
use serde_json::Value;
use sp_core::{sr25519, Pair};
use sp_genesis_builder::DEV_RUNTIME_PRESET;

fn key(path: String) -> [u8; 32] {
    sr25519::Pair::from_string(&path, None).expect("the path is valid").public().0
}

/// A chain from the preset `development`: as for every client, its fields replace those of the default.
fn development() -> sp_io::TestExternalities {
    let preset = get_preset(&DEV_RUNTIME_PRESET.into()).expect("the preset exists");
    let preset: Value = serde_json::from_slice(&preset).expect("the preset is JSON");
    let mut genesis = serde_json::to_value(RuntimeGenesisConfig::default()).expect("the default is JSON");
    for (pallet, fields) in preset.as_object().expect("the preset is an object") {
        for (field, value) in fields.as_object().expect("each pallet is an object") {
            assert!(genesis[pallet].get(field).is_some(), "{pallet} has no {field}");
            genesis[pallet][field] = value.clone();
        }
    }
    let mut chain = sp_io::TestExternalities::default();
    let config = genesis.to_string().into_bytes();
    chain.execute_with(|| build_state::<RuntimeGenesisConfig>(config)).expect("the genesis is valid");
    chain
}

#[test]
fn development_keys_are_those_of_their_paths() {
    let people = ["Alice", "Bob", "Charlie", "Dave", "Eve", "Ferdie"];
    assert_eq!(PEOPLE.to_vec(), people.map(|name| key(format!("//{name}"))).to_vec());
    let numbered = |name: &str, count: usize| (1..=count).map(|i| key(format!("//{name}-{i}"))).collect::<Vec<_>>();
    assert_eq!(STORES.to_vec(), numbered("store", 16));
    assert_eq!(FETCHES.to_vec(), numbered("fetch", 8));
    assert_eq!(INSPECTORS.to_vec(), numbered("inspector", 16));
}

#[test]
fn the_preset_endows_people_nodes_and_the_pallet_account() {
    development().execute_with(|| {
        let balance = |key: &[u8; 32]| Balances::balance(&AccountId::new(*key));
        assert!(PEOPLE.iter().all(|key| balance(key) == 1_000_000 * STL));
        assert!([&STORES[..], &FETCHES, &INSPECTORS].concat().iter().all(|key| balance(key) == 10_000 * STL));
        assert_eq!(Balances::balance(&Stella::account_id()), EXISTENTIAL_DEPOSIT);
        let issued = 6 * 1_000_000 * STL + 40 * 10_000 * STL + EXISTENTIAL_DEPOSIT;
        assert_eq!(Balances::total_issuance(), issued);
    });
}

#[test]
fn the_preset_names_admin_and_anchors() {
    development().execute_with(|| {
        assert_eq!(pallet_sudo::Key::<Runtime>::get(), Some(AccountId::new(PEOPLE[0])));
        let anchors = pallet_stella::Anchors::<Runtime>::get();
        assert_eq!(anchors.to_vec(), INSPECTORS[..3].iter().map(|key| AccountId::new(*key)).collect::<Vec<_>>());
    });
}

#[test]
fn the_preset_is_the_only_one_and_others_are_refused() {
    assert_eq!(preset_names(), vec![sp_genesis_builder::PresetId::from(DEV_RUNTIME_PRESET)]);
    assert_eq!(get_preset(&"local_testnet".into()), None);
}

#[test]
fn pallet_indices_are_those_that_clients_were_told() {
    use frame_support::traits::PalletInfo;
    type Info = <Runtime as frame_system::Config>::PalletInfo;
    assert_eq!(Info::index::<System>(), Some(0));
    assert_eq!(Info::index::<Timestamp>(), Some(1));
    assert_eq!(Info::index::<Balances>(), Some(4));
    assert_eq!(Info::index::<TransactionPayment>(), Some(5));
    assert_eq!(Info::index::<Sudo>(), Some(6));
    assert_eq!(Info::index::<Utility>(), Some(7));
    assert_eq!(Info::index::<Stella>(), Some(20));
}

#[test]
#[cfg(feature = "fast")]
fn constants_of_the_development_chain() {
    let constants = [EPOCH_LENGTH, PROVING_PERIOD, PROVING_WINDOW, REQUEST_TTL, ACTIVATION_TIMEOUT, UNBONDING_PERIOD];
    assert_eq!(constants, [20, 30, 12, 120, 60, 60]);
    assert_eq!(MINIMUM_PERIOD, 1);
}

#[test]
#[cfg(not(feature = "fast"))]
fn constants_of_production() {
    let constants = [EPOCH_LENGTH, PROVING_PERIOD, PROVING_WINDOW, REQUEST_TTL, ACTIVATION_TIMEOUT, UNBONDING_PERIOD];
    assert_eq!(constants, [600, 14_400, 600, 14_400, 14_400, 100_800]);
    assert_eq!(MINIMUM_PERIOD, 3_000);
}

/// Every cap is usable: the largest call of each kind is light and short enough for a block.
#[test]
fn the_largest_calls_fit_a_block() {
    let answer = ProofAnswer { leaf: [0; 32], path: vec![[0; 32]; 50].try_into().unwrap() };
    let proof = PossessionProof { seed: [0; 32], answers: vec![answer; 5].try_into().unwrap() };
    let subject = AccountId::new([1; 32]);
    let outcome = Outcome::Ok { receipt: [0; 32] };
    let verdict = Verdict { role: Role::Store, subject: subject.clone(), item: 0, outcome };
    let change =
        ReputationChange { role: Role::Store, account: subject, score: 0, standing: Standing::Trusted, weight: 0 };
    let changes = Changes { state: [0; 32], entries: vec![change; 512].try_into().unwrap() };
    let limit = BlockWeights::get().get(DispatchClass::Normal).max_extrinsic.expect("normal extrinsics have a limit");
    for call in [
        pallet_stella::Call::submit_proof { deal: 0, proof },
        pallet_stella::Call::reveal_verdicts {
            epoch: 0,
            salt: [0; 32],
            verdicts: vec![verdict; 1024].try_into().unwrap(),
        },
        pallet_stella::Call::attest_reputation { epoch: 0, digest: [0; 32], changes: Some(changes) },
    ] {
        let call = RuntimeCall::from(call);
        let weight = call.get_dispatch_info().call_weight;
        assert!(weight.all_lte(limit), "{call:?} weighs {weight} of {limit}");
        assert!(codec::Encode::encoded_size(&call) < BLOCK_LENGTH_MAX as usize * 3 / 4);
    }
}

#[test]
fn the_hook_leaves_three_quarters_of_a_block_to_calls() {
    type Weights = <Runtime as pallet_stella::Config>::WeightInfo;
    let hook = <<Runtime as pallet_stella::Config>::HookWeight as Get<Weight>>::get().saturating_add(Weights::tick());
    let block = BlockWeights::get().max_block;
    assert!(hook.ref_time() * 100 <= block.ref_time() * 26, "{hook} of {block}");
}
