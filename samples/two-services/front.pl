#!/usr/bin/perl
# GET /NUMBER: asks the service `api` for the factors of NUMBER and shows them. Needs perl-base alone.
use strict;
use warnings;
use IO::Socket::INET;

my ($port, $api_host, $api_port) = @ARGV;
$| = 1;
$SIG{PIPE} = 'IGNORE';

my $server = IO::Socket::INET->new(LocalPort => $port, Listen => 16, ReuseAddr => 1, Proto => 'tcp') or die "cannot listen on port $port: $!\n";
print "listening on port $port, asking $api_host:$api_port\n";

while (my $client = $server->accept) {
    answer($client);
    close $client;
}

sub answer {
    my ($client) = @_;
    my $request = <$client> // return;
    while (defined(my $header = <$client>)) { last if $header =~ /^\r?\n$/ }
    $request =~ s/\s+$//;
    print "$request\n";
    my ($status, $body) = $request =~ m{^GET /(\d{1,9}) } ? factored($1) : ('404 Not Found', "ask for /NUMBER\n");
    print $client "HTTP/1.1 $status\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ", length $body, "\r\nConnection: close\r\n\r\n$body";
}

sub factored {
    my ($number) = @_;
    my $api = IO::Socket::INET->new(PeerAddr => $api_host, PeerPort => $api_port, Proto => 'tcp', Timeout => 5)
        or return ('502 Bad Gateway', "api does not answer: $!\n");
    print $api "$number\n";
    my $factors = <$api> // return ('502 Bad Gateway', "api gave no answer\n");
    chomp $factors;
    $factors =~ s/ / × /g;
    return ('200 OK', "$number = $factors\n");
}
