# Addresses, networks and interfaces.
import ipaddress as I
def t(f,*a,**k):
    try: r=f(*a,**k)
    except Exception as e: r=f'{type(e).__name__}: {e}'
    print(r)
a=I.ip_address('192.168.1.10'); print(a,repr(a),int(a),a.packed,a.version,a.is_private,a.is_global,a.is_loopback,a.is_multicast,a.reverse_pointer,a+1,a-1,a<I.ip_address('192.168.1.11'),hash(a)==hash(I.IPv4Address(int(a))),f'{a:b}',f'{a:x}',a.exploded,a.max_prefixlen,a==I.ip_address('192.168.1.10'),sorted([a+5,a]),{a})
b=I.ip_address('2001:db8::1'); print(b,repr(b),int(b),b.exploded,b.compressed,b.is_private,b.reverse_pointer,I.ip_address('::'),I.ip_address('::1').is_loopback,I.ip_address('1:0:0:2:0:0:0:3'),I.ip_address('::ffff:1.2.3.4').ipv4_mapped,I.ip_address('fe80::1').is_link_local)
n=I.ip_network('192.168.0.0/28'); print(n,repr(n),n.num_addresses,n.netmask,n.hostmask,n.broadcast_address,n.network_address,list(n.hosts())[:3],len(list(n)),n[1],n[-1],a in n,I.ip_address('192.168.0.5') in n,n.prefixlen,list(n.subnets()),list(n.subnets(new_prefix=30))[1],n.supernet(),n.overlaps(I.ip_network('192.168.0.8/29')),n.is_private,n.with_netmask,I.ip_network('10.0.0.0/8').subnet_of(I.ip_network('0.0.0.0/0')),n==I.ip_network('192.168.0.0/255.255.255.240'),[*I.ip_network('10.0.0.0/30').hosts()],[*I.ip_network('10.0.0.0/31').hosts()],list(I.ip_network('10.0.0.0/29').address_exclude(I.ip_network('10.0.0.0/31'))))
i=I.ip_interface('10.1.2.3/24'); print(i,repr(i),i.ip,i.network,i.netmask,i.with_netmask)
for x in ['256.1.1.1','1.2.3','1.2.3.4.5','01.2.3.4','a.b.c.d','','1:2','::1::','g::1',-1,2**130,'1.2.3.4/8']: t(I.ip_address,x)
for x in ['192.168.0.1/24','10.0.0.0/33','10.0.0.0/a','10.0.0.0/8/9','x']: t(I.ip_network,x); t(I.IPv4Network,x)
t(I.IPv4Address,'1.2.3.300'); t(I.IPv4Address,'1.2..4'); t(I.ip_network,'192.168.0.1/24',strict=False); print(list(I.summarize_address_range(I.ip_address('192.0.2.0'),I.ip_address('192.0.2.130'))),list(I.collapse_addresses([I.ip_network('10.0.0.0/25'),I.ip_network('10.0.0.128/25')])))
t(lambda: a<b); t(lambda: n[99]); t(lambda: a+'x')
for s in ('8.8.8.8','127.0.0.1','10.1.1.1','172.16.0.1','224.0.0.1','169.254.1.1','0.0.0.0','255.255.255.255','100.64.0.1'): x=I.ip_address(s); print(s,x.is_private,x.is_global,x.is_loopback,x.is_multicast,x.is_reserved,x.is_link_local,x.is_unspecified)
