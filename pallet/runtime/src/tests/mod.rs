//! What the runtime promises beyond its pallets: keys, constants, genesis, blocks, fees, what contracts and proxies
//! may do, and that every cap fits a block.

use crate::{constants::*, genesis::*, *};
use codec::Encode;
use frame_support::genesis_builder_helper::build_state;
use serde_json::Value;
use sp_genesis_builder::DEV_RUNTIME_PRESET;

mod assets;
mod blocks;
mod caps;
mod contracts;
mod fees;
mod genesis;
mod identity;
mod proxies;

const PRESETS: [&str; 2] = [DEV_RUNTIME_PRESET, LOCAL_RUNTIME_PRESET];

/// A chain from a preset: as for every client, its fields replace those of the default.
fn chain(preset: &str) -> sp_io::TestExternalities {
    let preset = get_preset(&preset.into()).expect("the preset exists");
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
    chain.execute_with(|| System::set_block_number(1));
    chain
}

fn account(key: [u8; 32]) -> AccountId {
    AccountId::new(key)
}

fn alice() -> AccountId {
    account(PEOPLE[0])
}

fn bob() -> AccountId {
    account(PEOPLE[1])
}

/// A request that Stella takes, for a piece of 64 KiB padded.
fn request() -> pallet_stella::types::StorageRequest {
    use pallet_stella::types::*;
    StorageRequest {
        content: vec![1, 2, 3].try_into().expect("short enough"),
        piece: Piece { root: [7; 32], height: 11, padding: 0 },
        replicas: 1,
        periods: 2,
        price_max: STL,
        tier: Tier::Hot,
        source: b"http://127.0.0.1:1/".to_vec().try_into().expect("short enough"),
        asset: None,
    }
}
