"""`trio.socket`: the socket module with asynchronous methods, over the simulated loopback network."""

import socket as _stdlib

from socket import (
    AF_INET,
    AF_INET6,
    AF_UNIX,
    AF_UNSPEC,
    AI_PASSIVE,
    IPPROTO_IP,
    IPPROTO_IPV6,
    IPPROTO_TCP,
    IPV6_V6ONLY,
    SHUT_RD,
    SHUT_RDWR,
    SHUT_WR,
    SO_ERROR,
    SO_KEEPALIVE,
    SO_REUSEADDR,
    SOCK_DGRAM,
    SOCK_STREAM,
    SOL_SOCKET,
    SOMAXCONN,
    TCP_NODELAY,
    gaierror,
    gethostname,
    herror,
    htons,
    inet_aton,
    inet_ntoa,
    inet_pton,
    ntohs,
)
from ._socket import (
    SocketType,
    from_stdlib_socket,
    getaddrinfo,
    getnameinfo,
    set_custom_hostname_resolver,
    set_custom_socket_factory,
    socket,
    socketpair,
)
