#!/usr/bin/perl
# A small HTTP server: one page, and how often it was asked. Needs perl-base alone.
use strict;
use warnings;
use IO::Socket::INET;

my ($port) = @ARGV;
my $greeting = $ENV{GREETING} // 'Hello';
my $visits = 0;
$| = 1;
$SIG{PIPE} = 'IGNORE';

my $server = IO::Socket::INET->new(LocalPort => $port, Listen => 16, ReuseAddr => 1, Proto => 'tcp') or die "cannot listen on port $port: $!\n";
print "listening on port $port\n";

while (my $client = $server->accept) {
    answer($client);
    close $client;
}

sub answer {
    my ($client) = @_;
    my $request = <$client> // return;
    while (defined(my $header = <$client>)) { last if $header =~ /^\r?\n$/ }
    $request =~ s/\s+$//;
    $visits++;
    print "$request\n";
    my ($status, $body) = $request =~ m{^GET / } ? ('200 OK', "$greeting: visit $visits\n") : ('404 Not Found', "only / is here\n");
    print $client "HTTP/1.1 $status\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ", length $body, "\r\nConnection: close\r\n\r\n$body";
}
