//! Which connections there are, and which one goes when there are too many.
//!
//! A connection that answers nothing at the moment is idle: its header is not here yet, or the next
//! request is not. When all places are taken, or all that one address may have, the one that has been
//! idle for longest goes, so that thousands of half-open connections keep nobody out who asks for
//! something, and people behind one address do not keep each other out.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// Bits of an address of version 6 that belong to one network; its owner has all the others.
const NETWORK_BITS: u32 = 64;

/// How many connections there may be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Most {
    /// Altogether.
    pub(crate) all: usize,
    /// From one address; from this machine itself as many as there are places, since everything that
    /// comes through a proxy comes from there, and who can open connections here is here already.
    pub(crate) per_address: usize,
}

/// The connections that are open.
#[derive(Debug)]
pub(crate) struct Connections {
    most: Most,
    seats: Mutex<Seats>,
}

#[derive(Debug, Default)]
struct Seats {
    next: u64,
    taken: BTreeMap<u64, Taken>,
    /// Seats by when they became idle.
    idle: BTreeMap<u64, u64>,
    by_address: BTreeMap<IpAddr, usize>,
}

#[derive(Debug)]
struct Taken {
    address: IpAddr,
    idle_since: Option<u64>,
    end: Arc<Notify>,
}

impl Connections {
    /// No connection yet.
    pub(crate) fn new(most: Most) -> Arc<Self> {
        Arc::new(Self { most, seats: Mutex::default() })
    }

    /// A seat for a connection; none where all are busy, or all that its address may have.
    pub(crate) fn seat(self: &Arc<Self>, address: IpAddr) -> Option<Seat> {
        let address = network(address);
        let mut seats = self.seats();
        let of_address = seats.by_address.get(&address).copied().unwrap_or(0);
        let has_its_share = !address.is_loopback() && of_address >= self.most.per_address;
        if has_its_share && !seats.end_longest_idle(|taken| taken.address == address) {
            return None;
        }
        if seats.taken.len() >= self.most.all && !seats.end_longest_idle(|_| true) {
            return None;
        }
        let end = Arc::new(Notify::new());
        let number = seats.tick();
        seats.taken.insert(number, Taken { address, idle_since: None, end: Arc::clone(&end) });
        *seats.by_address.entry(address).or_default() += 1;
        seats.rest(number);
        drop(seats);
        Some(Seat { connections: Arc::clone(self), number, end })
    }

    fn seats(&self) -> MutexGuard<'_, Seats> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seats {
    fn tick(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    fn rest(&mut self, number: u64) {
        let now = self.tick();
        if let Some(taken) = self.taken.get_mut(&number) {
            taken.idle_since = Some(now);
            self.idle.insert(now, number);
        }
    }

    fn work(&mut self, number: u64) {
        let since = self.taken.get_mut(&number).and_then(|taken| taken.idle_since.take());
        if let Some(since) = since {
            self.idle.remove(&since);
        }
    }

    fn leave(&mut self, number: u64) {
        self.work(number);
        let Some(taken) = self.taken.remove(&number) else { return };
        if let Some(count) = self.by_address.get_mut(&taken.address) {
            *count -= 1;
            if *count == 0 {
                self.by_address.remove(&taken.address);
            }
        }
    }

    /// Ends the longest idle of some; whether there was one.
    fn end_longest_idle(&mut self, is_meant: impl Fn(&Taken) -> bool) -> bool {
        let idle = self.idle.values().filter_map(|number| Some((*number, self.taken.get(number)?)));
        let Some((number, taken)) = idle.into_iter().find(|(_, taken)| is_meant(taken)) else {
            return false;
        };
        taken.end.notify_one();
        self.leave(number);
        true
    }
}

/// The place of one connection, given back with its end.
#[derive(Debug)]
pub(crate) struct Seat {
    connections: Arc<Connections>,
    number: u64,
    end: Arc<Notify>,
}

impl Seat {
    /// Over when the connection is to make room for others.
    pub(crate) fn ended(&self) -> impl Future<Output = ()> + use<> {
        let end = Arc::clone(&self.end);
        async move { end.notified().await }
    }

    /// From now on, until what this gives is dropped, the connection is busy.
    pub(crate) fn busy(self: &Arc<Self>) -> Busy {
        self.connections.seats().work(self.number);
        Busy(Arc::clone(self))
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.connections.seats().leave(self.number);
    }
}

/// A request that is being answered.
#[derive(Debug)]
pub(crate) struct Busy(Arc<Seat>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.connections.seats().rest(self.0.number);
    }
}

/// The address that counts: for version 6 its network.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) if !address.is_loopback() => {
            let host_bits = u128::MAX >> NETWORK_BITS;
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !host_bits))
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn connections() -> Arc<Connections> {
        Connections::new(Most { all: 3, per_address: 2 })
    }

    fn is_ended(seat: &Seat) -> bool {
        let ended = std::pin::pin!(seat.ended());
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        ended.poll(&mut context).is_ready()
    }

    #[test]
    fn the_longest_idle_makes_room_and_the_busy_stay() {
        let connections = connections();
        let seats: Vec<Arc<Seat>> =
            (0..3).map(|_| Arc::new(connections.seat(HOME).expect("room"))).collect();
        let busy = seats[0].busy();
        let fourth = connections.seat(HOME).expect("room is made");
        assert_eq!(
            seats.iter().map(|seat| is_ended(seat)).collect::<Vec<_>>(),
            [false, true, false]
        );
        drop(busy);
        let _fifth = connections.seat(HOME).expect("room is made");
        assert!(!is_ended(&seats[0]) && is_ended(&seats[2]) && !is_ended(&fourth));
    }

    #[test]
    fn when_all_are_busy_there_is_no_room_until_one_is_done() {
        let connections = connections();
        let seats: Vec<Arc<Seat>> =
            (0..3).map(|_| Arc::new(connections.seat(HOME).expect("room"))).collect();
        let mut busy: Vec<Busy> = seats.iter().map(Seat::busy).collect();
        assert!(connections.seat(HOME).is_none());
        busy.pop();
        assert!(connections.seat(HOME).is_some());
    }

    #[test]
    fn an_address_has_its_share_and_gets_it_back() {
        let connections = connections();
        let there: IpAddr = "10.0.0.7".parse().expect("an address");
        let seats: Vec<Arc<Seat>> =
            (0..2).map(|_| Arc::new(connections.seat(there).expect("room"))).collect();
        let first = seats[0].busy();
        let third = Arc::new(connections.seat(there).expect("the idle one makes room"));
        assert!(is_ended(&seats[1]) && !is_ended(&seats[0]) && !is_ended(&third));
        let _third = third.busy();
        assert!(connections.seat(there).is_none(), "both are busy");
        assert!(connections.seat("10.0.0.8".parse().expect("an address")).is_some());
        drop(first);
        assert!(connections.seat(there).is_some());
    }

    #[test]
    fn a_network_of_version_6_counts_as_one_address() {
        let of = |text: &str| network(text.parse().expect("an address"));
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:1"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:10.0.0.7"), of("10.0.0.7"));
        assert_eq!(of("::1"), "::1".parse::<IpAddr>().expect("an address"));
    }
}
