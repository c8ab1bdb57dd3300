//! Where chains of this runtime begin: the preset `development` has one author, `local` two. Both know the same people and nodes,
//! Alice as admin, three anchors, and FIL with a pool.

use crate::{constants::STL, pallets::assets::AssetKind, *};
use alloc::{string::ToString, vec};
use frame_support::build_struct_json_patch;
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_consensus_grandpa::AuthorityId as GrandpaId;
use sp_core::{ed25519, sr25519};
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET};

mod keys;
pub use keys::{FETCHES, FINALISERS, INSPECTORS, PEOPLE, STORES};

/// The preset with two authors.
pub const LOCAL_RUNTIME_PRESET: &str = "local";

/// FIL, the asset that stands for Filecoin's token.
pub const FIL: AssetId = 314;
/// One FIL in its smallest unit: 18 decimals, as on Filecoin.
pub const FIL_UNIT: Balance = 1_000_000_000_000_000_000;
const FIL_DECIMALS: u8 = 18;

/// What Alice to Ferdie have.
const PERSON: Balance = 1_000_000 * STL;
const PERSON_FIL: Balance = 10_000 * FIL_UNIT;
/// What each node has.
const NODE: Balance = 10_000 * STL;
/// What Alice puts into the pool, over and above: 10 STL for a FIL.
const POOL: (Balance, Balance) = (100_000 * STL, 10_000 * FIL_UNIT);
/// How many of the Inspectors are anchors.
const ANCHORS: usize = 3;

/// A chain whose first `authors` people make the blocks.
fn genesis(authors: usize) -> serde_json::Value {
    let account = |key: &[u8; 32]| AccountId::new(*key);
    let alice = account(&PEOPLE[0]);
    let endowed = |keys: &[[u8; 32]], balance| keys.iter().map(|key| (account(key), balance)).collect::<Vec<_>>();
    let mut balances =
        [endowed(&PEOPLE, PERSON), endowed(&STORES, NODE), endowed(&FETCHES, NODE), endowed(&INSPECTORS, NODE)]
            .concat();
    balances[0].1 += POOL.0;
    let mut fil = PEOPLE.iter().map(|key| (FIL, account(key), PERSON_FIL)).collect::<Vec<_>>();
    fil[0].2 += POOL.1;
    build_struct_json_patch!(RuntimeGenesisConfig {
        aura: AuraConfig {
            authorities: PEOPLE[..authors].iter().map(|key| AuraId::from(sr25519::Public::from_raw(*key))).collect()
        },
        grandpa: GrandpaConfig {
            authorities: FINALISERS[..authors]
                .iter()
                .map(|key| (GrandpaId::from(ed25519::Public::from_raw(*key)), 1))
                .collect()
        },
        balances: BalancesConfig { balances },
        sudo: SudoConfig { key: Some(alice.clone()) },
        assets: AssetsConfig {
            // Sufficient: an account may hold FIL and nothing else.
            assets: vec![(FIL, alice.clone(), true, 1)],
            metadata: vec![(FIL, b"Filecoin".to_vec(), b"FIL".to_vec(), FIL_DECIMALS)],
            accounts: fil,
        },
        asset_conversion: AssetConversionConfig {
            pools: vec![(AssetKind::Native, AssetKind::WithId(FIL), alice, POOL.0, POOL.1)],
        },
        stella: StellaConfig { anchors: INSPECTORS[..ANCHORS].iter().map(account).collect() },
    })
}

pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
    let authors = match id.as_ref() {
        DEV_RUNTIME_PRESET => 1,
        LOCAL_RUNTIME_PRESET => 2,
        _ => return None,
    };
    Some(genesis(authors).to_string().into_bytes())
}

pub fn preset_names() -> Vec<PresetId> {
    vec![PresetId::from(DEV_RUNTIME_PRESET), PresetId::from(LOCAL_RUNTIME_PRESET)]
}
