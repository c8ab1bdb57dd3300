//! Upgrades of what a chain has stored under an earlier version of the pallet. A runtime lists them in
//! `SingleBlockMigrations`; each runs once, at its version, and does nothing on a chain that is further.

use crate::{types::*, *};
use core::marker::PhantomData;
use frame_support::{
    migrations::VersionedMigration,
    traits::{Get, UncheckedOnRuntimeUpgrade},
    weights::Weight,
};
use frame_system::pallet_prelude::BlockNumberFor;

/// From version 0 to 1: collateral is remembered per deal, live deals are listed by Store, operators must agree, and
/// what is over waits to be forgotten. All in one block, with every read and write counted; before it is enacted,
/// `try-runtime` says whether that block can hold it.
pub type FromV0ToV1<T> = VersionedMigration<0, 1, v1::Upgrade<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// Parts of [`FromV0ToV1`].
pub mod v1 {
    use super::*;
    use codec::{Decode, Encode};
    use frame_support::weights::WeightMeter;

    /// A deal as version 0 stored it; the fields are those of [`Deal`].
    #[derive(Encode, Decode)]
    pub(crate) struct DealV0<AccountId, BlockNumber> {
        request: u64,
        client: AccountId,
        store: AccountId,
        content: ContentId,
        piece: Piece,
        price: Balance,
        periods: u32,
        tier: Tier,
        state: DealState,
        accepted_at: BlockNumber,
        activated_at: Option<BlockNumber>,
        period: u32,
        proven: bool,
        paid_periods: u32,
        faults: u32,
        faults_in_row: u32,
        collateral: Balance,
        reserved: Balance,
        deadline: BlockNumber,
    }

    impl<AccountId, BlockNumber> DealV0<AccountId, BlockNumber> {
        fn with(self, pledged: Balance) -> Deal<AccountId, BlockNumber> {
            Deal {
                request: self.request,
                client: self.client,
                store: self.store,
                content: self.content,
                piece: self.piece,
                price: self.price,
                periods: self.periods,
                tier: self.tier,
                state: self.state,
                accepted_at: self.accepted_at,
                activated_at: self.activated_at,
                period: self.period,
                proven: self.proven,
                paid_periods: self.paid_periods,
                faults: self.faults,
                faults_in_row: self.faults_in_row,
                collateral: self.collateral,
                reserved: self.reserved,
                deadline: self.deadline,
                pledged,
            }
        }
    }

    /// The upgrade itself; use it by [`FromV0ToV1`], which looks at the version.
    pub struct Upgrade<T>(PhantomData<T>);

    impl<T: Config> Upgrade<T> {
        fn counted(meter: &mut WeightMeter, reads: u64, writes: u64) {
            meter.consume(T::DbWeight::get().reads_writes(reads, writes));
        }

        /// Before the roles: a replica stands under the operator that its Store's role still declares.
        fn deals(meter: &mut WeightMeter) {
            Deals::<T>::translate::<DealV0<T::AccountId, BlockNumberFor<T>>, _>(|id, old| {
                let pledged = Pallet::<T>::collateral(old.price.saturating_mul(old.periods.into()));
                let pledged = pledged.unwrap_or(old.collateral);
                if old.state.is_live() {
                    let operator = Roles::<T>::get(Role::Store, &old.store).and_then(|role| role.operator);
                    let replica = operator.unwrap_or_else(|| old.store.clone());
                    LiveDeals::<T>::insert(&old.store, id, replica);
                } else {
                    Pallet::<T>::ended(Finished::Deal(id));
                }
                Self::counted(meter, 3, 3);
                Some(old.with(pledged))
            });
        }

        fn requests(meter: &mut WeightMeter) {
            for (id, request) in Requests::<T>::iter() {
                if request.open == 0 && request.live == 0 {
                    Pallet::<T>::ended(Finished::Request(id));
                }
                Self::counted(meter, 3, 2);
            }
        }

        fn roles(meter: &mut WeightMeter) {
            Roles::<T>::translate::<RoleEntryOf<T>, _>(|role, account, mut entry| {
                if let Some(operator) = entry.operator.take_if(|operator| *operator != account) {
                    OperatorClaims::<T>::insert(role, &account, operator);
                }
                Self::counted(meter, 2, 2);
                Some(entry)
            });
        }
    }

    impl<T: Config> UncheckedOnRuntimeUpgrade for Upgrade<T> {
        fn on_runtime_upgrade() -> Weight {
            let mut meter = WeightMeter::new();
            Self::deals(&mut meter);
            Self::requests(&mut meter);
            Self::roles(&mut meter);
            meter.consumed()
        }

        #[cfg(feature = "try-runtime")]
        fn pre_upgrade() -> Result<alloc::vec::Vec<u8>, sp_runtime::TryRuntimeError> {
            let counts = Self::counts();
            let (deals, requests, roles) = counts;
            let all = u64::from(deals) + u64::from(requests) + u64::from(roles);
            let weight = T::DbWeight::get().reads_writes(3, 3).saturating_mul(all);
            let block = <T as frame_system::Config>::BlockWeights::get().max_block;
            frame_support::ensure!(weight.all_lte(block), "too much is stored to upgrade it in one block");
            Ok(counts.encode())
        }

        #[cfg(feature = "try-runtime")]
        fn post_upgrade(before: alloc::vec::Vec<u8>) -> Result<(), sp_runtime::TryRuntimeError> {
            let before = <(u32, u32, u32)>::decode(&mut &before[..]).map_err(|_| "the counts before are lost")?;
            frame_support::ensure!(Self::counts() == before, "deals, requests or roles got lost");
            Pallet::<T>::check_invariants()
        }
    }

    #[cfg(feature = "try-runtime")]
    impl<T: Config> Upgrade<T> {
        fn counts() -> (u32, u32, u32) {
            let deals = Deals::<T>::iter_keys().count();
            let requests = Requests::<T>::iter_keys().count();
            (deals as u32, requests as u32, Roles::<T>::iter_keys().count() as u32)
        }
    }
}
