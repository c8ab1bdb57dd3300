//! The preset `development`: well-known people and nodes with money, Alice as admin, three anchors.

use crate::{constants::STL, AccountId, Balance, BalancesConfig, RuntimeGenesisConfig, StellaConfig, SudoConfig};
use alloc::{string::ToString, vec, vec::Vec};
use frame_support::build_struct_json_patch;
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET};

mod keys;
pub use keys::{FETCHES, INSPECTORS, PEOPLE, STORES};

/// What Alice to Ferdie have.
const PERSON: Balance = 1_000_000 * STL;
/// What each node has.
const NODE: Balance = 10_000 * STL;
/// How many of the Inspectors are anchors.
const ANCHORS: usize = 3;

fn development() -> serde_json::Value {
    let accounts = |keys: &[[u8; 32]], balance| keys.iter().map(|key| (AccountId::new(*key), balance)).collect();
    let balances: [Vec<(AccountId, Balance)>; 4] =
        [accounts(&PEOPLE, PERSON), accounts(&STORES, NODE), accounts(&FETCHES, NODE), accounts(&INSPECTORS, NODE)];
    build_struct_json_patch!(RuntimeGenesisConfig {
        balances: BalancesConfig { balances: balances.concat() },
        sudo: SudoConfig { key: Some(AccountId::new(PEOPLE[0])) },
        stella: StellaConfig { anchors: INSPECTORS[..ANCHORS].iter().map(|key| AccountId::new(*key)).collect() },
    })
}

pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
    (id == DEV_RUNTIME_PRESET).then(|| development().to_string().into_bytes())
}

pub fn preset_names() -> Vec<PresetId> {
    vec![PresetId::from(DEV_RUNTIME_PRESET)]
}
