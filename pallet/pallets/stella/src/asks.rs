//! Asks: what Stores offer (AS-1).

use crate::{types::*, *};
use frame_support::pallet_prelude::*;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_publish_ask(store: T::AccountId, ask: AskOf<T>) -> DispatchResult {
        Self::working_role(Role::Store, &store)?;
        ensure!(
            ask.piece_size_min <= ask.piece_size_max
                && ask.periods_max > 0
                && ask.capacity > 0
                && ask.expires_at > Self::now(),
            Error::<T>::BadAsk
        );
        let (price, capacity, expires_at) = (ask.price, ask.capacity, ask.expires_at);
        Asks::<T>::insert(&store, ask);
        Self::deposit_event(Event::AskPublished { store, price, capacity, expires_at });
        Ok(())
    }

    pub(crate) fn do_withdraw_ask(store: T::AccountId) -> DispatchResult {
        ensure!(Self::end_ask(&store), Error::<T>::NoAsk);
        Ok(())
    }

    /// Whether there was an ask to end.
    pub(crate) fn end_ask(store: &T::AccountId) -> bool {
        let had = Asks::<T>::take(store).is_some();
        if had {
            Self::deposit_event(Event::AskWithdrawn { store: store.clone() });
        }
        had
    }
}

impl<BlockNumber: PartialOrd> Ask<BlockNumber> {
    /// Takes the piece of `request` off the capacity, or says why the ask does not cover the request at `price`.
    pub(crate) fn take<T: Config>(
        &mut self,
        request: &RequestOf<T>,
        price: Balance,
        now: BlockNumber,
    ) -> Result<(), Error<T>> {
        let size = request.piece.padded_size();
        ensure!(now < self.expires_at, Error::<T>::AskExpired);
        ensure!((self.piece_size_min..=self.piece_size_max).contains(&size), Error::<T>::PieceOutsideAsk);
        ensure!(request.periods <= self.periods_max, Error::<T>::PeriodsOutsideAsk);
        ensure!(request.tier == self.tier, Error::<T>::TierOutsideAsk);
        ensure!(price <= self.price, Error::<T>::PriceAboveAsk);
        self.capacity = self.capacity.checked_sub(size).ok_or(Error::<T>::NotEnoughCapacity)?;
        Ok(())
    }

    /// Whether the ask covers `ahead` periods of a deal, the current one included, at the deal's price (DL-6). The
    /// space is the deal's already, so capacity does not matter.
    pub(crate) fn renews<AccountId>(&self, deal: &Deal<AccountId, BlockNumber>, ahead: u32, now: BlockNumber) -> bool {
        now < self.expires_at
            && (self.piece_size_min..=self.piece_size_max).contains(&deal.piece.padded_size())
            && deal.tier == self.tier
            && ahead <= self.periods_max
            && deal.piece.price_of(self.price, 1).is_some_and(|price| price <= deal.price)
    }
}
