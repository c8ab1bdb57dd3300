//! Requests for storage (DL-1, DL-2).

use crate::{agenda::Probes, roles::is_url, types::*, *};
use frame_support::{
    pallet_prelude::*,
    traits::{DefensiveSaturating, Get},
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::traits::Saturating;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_request_storage(client: T::AccountId, request: StorageRequest) -> DispatchResult {
        let StorageRequest { content, piece, replicas, periods, price_max, tier, source, asset } = request;
        ensure!(asset.is_none(), Error::<T>::AssetsNotSupported);
        ensure!(replicas > 0, Error::<T>::NoReplicas);
        ensure!(replicas <= T::MaxReplicas::get(), Error::<T>::TooManyReplicas);
        ensure!((1..=T::MaxPeriods::get()).contains(&periods), Error::<T>::BadPeriods);
        ensure!(!content.is_empty(), Error::<T>::BadContent);
        ensure!(piece.is_valid(), Error::<T>::BadPiece);
        ensure!(is_url(&source), Error::<T>::BadSource);
        let reserved = piece
            .price_of(price_max, periods)
            .and_then(|each| each.checked_mul(replicas.into()))
            .ok_or(Error::<T>::PriceOverflow)?;
        Self::reserve(&client, reserved)?;

        let id = NextRequest::<T>::mutate(|next| {
            *next += 1;
            *next - 1
        });
        let created_at = Self::now();
        let expires_at = Self::schedule_expiry(id, &mut Probes::of_call())?;
        let request = Request {
            client: client.clone(),
            content: content.clone(),
            piece: piece.clone(),
            replicas,
            periods,
            price_max,
            tier,
            source,
            state: RequestState::Open,
            open: replicas,
            live: 0,
            reserved,
            created_at,
            expires_at,
        };
        Requests::<T>::insert(id, request);
        Self::deposit_event(Event::StorageRequested {
            request: id,
            client,
            content,
            piece,
            replicas,
            periods,
            price_max,
        });
        Ok(())
    }

    pub(crate) fn do_cancel_request(client: T::AccountId, id: u64) -> DispatchResult {
        let request = Requests::<T>::get(id).ok_or(Error::<T>::NoSuchRequest)?;
        ensure!(request.client == client, Error::<T>::NotTheClient);
        ensure!(request.state == RequestState::Open, Error::<T>::RequestNotOpen);
        let refunded = Self::close_open_part(id, request, RequestState::Cancelled);
        Self::deposit_event(Event::RequestCancelled { request: id, refunded });
        Ok(())
    }

    /// The request is due in `slot` of the agenda.
    pub(crate) fn expire_request(id: u64, slot: BlockNumberFor<T>) -> DispatchResult {
        if let Some(request) = Requests::<T>::get(id) {
            if request.state == RequestState::Open && request.expires_at == slot {
                let refunded = Self::close_open_part(id, request, RequestState::Expired);
                Self::deposit_event(Event::RequestExpired { request: id, refunded });
            }
        }
        Ok(())
    }

    /// Takes a deal that ended off its request: offers its replica again if the deal failed, and finishes the request
    /// if nothing is left of it.
    pub(crate) fn replica_ended(id: u64, deal: u64, failed: bool, probes: &mut Probes) -> DispatchResult {
        let Some(mut request) = Requests::<T>::get(id) else {
            return Ok(());
        };
        request.live = request.live.defensive_saturating_sub(1);
        if failed {
            Self::reopen(id, &mut request, deal, probes)?;
        }
        let unfinished = matches!(request.state, RequestState::Open | RequestState::Filled);
        let done = unfinished && request.open == 0 && request.live == 0;
        if done {
            request.state = RequestState::Done;
        }
        let over = request.open == 0 && request.live == 0;
        Requests::<T>::insert(id, request);
        if over {
            Self::ended(Finished::Request(id));
        }
        if done {
            Self::deposit_event(Event::RequestDone { request: id });
        }
        Ok(())
    }

    /// Repair: one more open replica, if the client still wants it and can pay for it.
    fn reopen(id: u64, request: &mut RequestOf<T>, deal: u64, probes: &mut Probes) -> DispatchResult {
        let wanted = matches!(request.state, RequestState::Open | RequestState::Filled);
        let price = request.piece.price_of(request.price_max, request.periods);
        let reserved = price.filter(|price| wanted && Self::reserve(&request.client, *price).is_ok());
        let Some(reserved) = reserved else {
            Self::deposit_event(Event::ReplicaNotReopened { request: id, deal });
            return Ok(());
        };
        request.open.saturating_inc();
        request.reserved = request.reserved.defensive_saturating_add(reserved);
        request.state = RequestState::Open;
        request.expires_at = Self::schedule_expiry(id, probes)?;
        Self::deposit_event(Event::ReplicaReopened { request: id, deal });
        Ok(())
    }

    /// Returns what was set aside for the open replicas.
    fn close_open_part(id: u64, mut request: RequestOf<T>, state: RequestState) -> Balance {
        let refunded = core::mem::take(&mut request.reserved);
        Self::unreserve(&request.client, refunded);
        request.open = 0;
        request.state = state;
        if request.live == 0 {
            Self::ended(Finished::Request(id));
        }
        Requests::<T>::insert(id, request);
        refunded
    }

    fn schedule_expiry(id: u64, probes: &mut Probes) -> Result<BlockNumberFor<T>, sp_runtime::DispatchError> {
        let wanted = Self::now().saturating_add(T::RequestTtl::get());
        Self::schedule(AgendaItem::RequestExpiry(id), wanted, probes)
    }
}
