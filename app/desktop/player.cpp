#include "desktop/player.hpp"

#include <algorithm>

namespace lab::desktop {
namespace {

constexpr Duration stretch = std::chrono::seconds(1); ///< Trails are taken after each.

} // namespace

Player::Player(scenario::TrailRun run)
    : run_(std::move(run))
    , model_(std::make_unique<const StageModel>(
          stageOf(*run_.plans().perService, *run_.plans().ingress)))
    , length_(std::max(run_.scenario().duration, shortest))
{
    begin();
    clock_.start(Instant(), 1.0);
    goTo(Instant());
}

void Player::begin()
{
    run_.restart(length_, incidents_);
    length_ = run_.spec(plan::Style::PerService).duration;
    for (std::size_t i = 0; i < tracks_.size(); ++i) {
        tracks_[i] = std::make_unique<StyleTrack>(*model_, model_->sides[i], run_);
    }
}

void Player::goTo(Instant to)
{
    run_.runUntil(to + ahead);
    for (std::size_t i = 0; i < tracks_.size(); ++i) {
        tracks_[i]->add(run_.takeTrails(model_->sides[i].style));
        tracks_[i]->advance(to);
    }
}

void Player::advance(double pictureSeconds)
{
    const double left = toSeconds(end() - now()) / clock_.speed();
    clock_.advance(std::min(pictureSeconds, std::max(left, 0.0)));
    goTo(now());
}

void Player::seek(Instant to)
{
    to = std::clamp(to, Instant(), end());
    Instant at = now();
    if (to < at) {
        begin();
        at = Instant();
    }
    while (at + stretch < to) {
        at = at + stretch;
        goTo(at);
    }
    clock_.start(to, clock_.speed());
    goTo(to);
}

void Player::setSpeed(double speed)
{
    clock_.setSpeed(speed);
}

void Player::befall(const std::string& service, std::size_t podsMax, simulation::PodFault fault)
{
    if (incidents_.size() == incidentsMax) {
        return;
    }
    const Instant at = now();
    std::erase_if(incidents_, [&](const auto& incident) { return incident.at > at; });
    incidents_.push_back({at, service, podsMax, fault});
    const double speed = clock_.speed();
    begin();
    clock_.start(Instant(), speed);
    seek(at);
}

void Player::reset()
{
    incidents_.clear();
    const double speed = clock_.speed();
    begin();
    clock_.start(Instant(), speed);
    goTo(Instant());
}

std::vector<simulation::PodFault> Player::faultsOf(int service) const
{
    const auto row = static_cast<std::size_t>(service);
    std::size_t pods = 0;
    for (const StageSide& side : model_->sides) {
        pods = std::max(pods, side.pods[row].size());
    }
    std::vector<simulation::PodFault> faults(pods);
    auto incidents = run_.spec(plan::Style::PerService).incidents;
    std::ranges::stable_sort(incidents, {}, &simulation::PodIncident::at);
    for (const simulation::PodIncident& incident : incidents) {
        if (incident.at <= now() && incident.service == model_->services[row].fullName) {
            const std::size_t count = std::min(incident.podsMax, pods);
            std::fill_n(faults.begin(), count, incident.fault);
        }
    }
    return faults;
}

double Player::arrivalsPerSecond() const
{
    double sum = 0.0;
    for (const workload::Traffic& traffic : run_.scenario().traffic) {
        sum += traffic.ratePerSecond;
    }
    return sum;
}

} // namespace lab::desktop
