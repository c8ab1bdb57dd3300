//! Archives of pieces on Filecoin (FX-2).

use crate::{types::*, *};
use frame_support::pallet_prelude::*;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_record_archive(store: T::AccountId, id: u64, archive: FilecoinDeal) -> DispatchResult {
        let deal = Self::live_deal(id)?;
        ensure!(deal.store == store, Error::<T>::NotTheStore);
        ensure!(deal.tier == Tier::Filecoin, Error::<T>::NotFilecoinTier);
        let FilecoinDeal { deal_id, provider, proposal } = archive;
        ensure!(!proposal.is_empty(), Error::<T>::BadContent);
        let record = ArchiveRecord { deal_id, provider, proposal: proposal.clone(), recorded_at: Self::now() };
        Archives::<T>::insert(id, record);
        Self::deposit_event(Event::ArchiveRecorded { deal: id, deal_id, provider, proposal });
        Ok(())
    }
}
